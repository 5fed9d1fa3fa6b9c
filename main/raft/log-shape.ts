/**
 * What the core knows of the log: where each term begins and how large each entry is; never the entries themselves.
 * A million entries cost a number each.
 *
 * Invariant: `runs` ascend strictly in term and firstIndex; the first run begins at index 1.
 */
import { assert } from '../../shared/assert.ts';
import type { TermRun } from '../../shared/event.ts';

export interface LogShape {
  readonly runs: TermRun[];
  lastIndex: number;
  /** `entryBytes` of the entry at index i + 1. */
  readonly sizes: number[];
}

/** The position of the run that holds `index`, by bisection; -1 for index 0. */
function runPosition(log: LogShape, index: number): number {
  let low = 0;
  let high = log.runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((log.runs[middle]?.firstIndex ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The term of the entry at `index`; 0 at index 0; undefined behind the end. */
export function termAt(log: LogShape, index: number): number | undefined {
  if (index === 0) return 0;
  if (index < 0 || index > log.lastIndex) return undefined;
  return log.runs[runPosition(log, index)]?.term;
}

export function lastTerm(log: LogShape): number {
  return log.runs.at(-1)?.term ?? 0;
}

/** The first index that has the same term as the entry at `index`. */
export function firstIndexOfTermAt(log: LogShape, index: number): number {
  return log.runs[runPosition(log, index)]?.firstIndex ?? 0;
}

/** The last index whose entry has exactly `term`, or 0 when the log has none. */
export function lastIndexOfTerm(log: LogShape, term: number): number {
  for (let position = log.runs.length - 1; position >= 0; position--) {
    const run = log.runs[position];
    if (!run || run.term < term) return 0;
    if (run.term === term) return (log.runs[position + 1]?.firstIndex ?? log.lastIndex + 1) - 1;
  }
  return 0;
}

/** Adds one entry behind the last. Terms never fall along a log. */
export function appendToShape(log: LogShape, term: number, sizeBytes: number): void {
  assert(term >= lastTerm(log), `an entry of term ${term} can't follow one of term ${lastTerm(log)}`);
  log.lastIndex += 1;
  if (term !== lastTerm(log) || log.runs.length === 0) log.runs.push({ term, firstIndex: log.lastIndex });
  log.sizes.push(sizeBytes);
}

/** Removes `fromIndex` and everything behind it. */
export function truncateShape(log: LogShape, fromIndex: number): void {
  log.lastIndex = fromIndex - 1;
  log.sizes.length = log.lastIndex;
  while ((log.runs.at(-1)?.firstIndex ?? 0) >= fromIndex) log.runs.pop();
}

/** How many entries from `firstIndex` on fit in the limits; at least one when there is one. */
export function countFitting(log: LogShape, firstIndex: number, countMax: number, bytesMax: number): number {
  let count = 0;
  let bytes = 0;
  for (let index = firstIndex; index <= log.lastIndex && count < countMax; index++) {
    bytes += log.sizes[index - 1] ?? 0;
    if (count > 0 && bytes > bytesMax) break;
    count += 1;
  }
  return count;
}

/** Raft §5.4.1: the later last term is more up-to-date; with equal last terms the longer log. Equal counts as up-to-date. */
export function isUpToDate(
  candidate: { index: number; term: number },
  voter: { index: number; term: number },
): boolean {
  if (candidate.term !== voter.term) return candidate.term > voter.term;
  return candidate.index >= voter.index;
}
