/** A row of the matrix in stretches of cells that look alike: a million entries are a handful of them. */
import { cellAt, heldTerm, type LogCell } from '../../../shared/projection/log-cell.ts';
import type { NodeLog } from '../../../shared/projection/node-log.ts';

export interface Segment {
  /** First and last index. */
  readonly from: number;
  readonly to: number;
  readonly cell: Exclude<LogCell, { kind: 'missing' }>;
  /** The log that it is compared with holds an entry of another term there. */
  readonly differs: boolean;
}

/** The stretches between two indexes, both included; what is missing has none. */
export function segmentsOf(log: NodeLog, reference: NodeLog | undefined, from: number, to: number): readonly Segment[] {
  const starts = startsBetween(log, reference, from, to);
  return starts.flatMap((start, place): Segment[] => {
    const cell = cellAt(log, start);
    if (cell.kind === 'missing') return [];
    return [{ from: start, to: (starts[place + 1] ?? to + 1) - 1, cell, differs: differsAt(log, reference, start) }];
  });
}

/** Both hold an entry there, of different terms. */
export function differsAt(log: NodeLog, reference: NodeLog | undefined, index: number): boolean {
  if (!reference || reference === log) return false;
  const [term, other] = [heldTerm(log, index), heldTerm(reference, index)];
  return term > 0 && other > 0 && term !== other;
}

/** Where the look of cells may change, ascending, each once. */
function startsBetween(log: NodeLog, reference: NodeLog | undefined, from: number, to: number): readonly number[] {
  const marks = [log.firstIndex, log.lastIndex + 1, log.persistedIndex + 1, log.commitIndex + 1, log.appliedIndex + 1];
  if (reference) marks.push(reference.firstIndex, reference.lastIndex + 1);
  const runs = [...log.termRuns, ...(reference && reference !== log ? reference.termRuns : [])];
  const starts = new Set([from]);
  for (const index of marks) if (index > from && index <= to) starts.add(index);
  for (const { firstIndex } of runs) if (firstIndex > from && firstIndex <= to) starts.add(firstIndex);
  return [...starts].toSorted((left, right) => left - right);
}
