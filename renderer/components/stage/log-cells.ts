/** The end of a node's log, as cells: what is where, of which term, and whether it is committed. */
import { termAt } from '../../../shared/projection/node-log.ts';
import type { NodeView } from '../../../shared/projection/node-view.ts';

export interface LogCell {
  readonly index: number;
  readonly term: number;
  readonly isCommitted: boolean;
}

/** The last `count` entries that are held, oldest first. */
export function lastCells(node: NodeView, count: number): readonly LogCell[] {
  const first = Math.max(node.firstIndex, node.lastIndex - count + 1);
  const cells: LogCell[] = [];
  for (let index = first; index <= node.lastIndex; index++) {
    cells.push({ index, term: termAt(node, index), isCommitted: index <= node.commitIndex });
  }
  return cells;
}
