/** The end of a node's log, as cells: what is where, of which term, and whether it is committed. */
import type { NodeView } from '../../../shared/projection/node-view.ts';
import type { TermRun } from '../../../shared/event.ts';

export interface LogCell {
  readonly index: number;
  readonly term: number;
  readonly isCommitted: boolean;
}

/** The last `count` entries, oldest first. */
export function lastCells(node: NodeView, count: number): readonly LogCell[] {
  const first = Math.max(1, node.lastIndex - count + 1);
  const cells: LogCell[] = [];
  for (let index = first; index <= node.lastIndex; index++) {
    cells.push({ index, term: termAt(node.termRuns, index), isCommitted: index <= node.commitIndex });
  }
  return cells;
}

/** The term of the entry at `index`; 0 when no run holds it. */
export function termAt(runs: readonly TermRun[], index: number): number {
  let term = 0;
  for (const run of runs) {
    if (run.firstIndex > index) break;
    term = run.term;
  }
  return term;
}
