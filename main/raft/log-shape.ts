/**
 * What the core knows of the log: where each term begins and how large each entry is; never the entries themselves.
 * A million entries cost a number each. Entries up to `base` are compacted (Raft §7).
 *
 * Invariant: `runs` ascend strictly in firstIndex, and with all rules on in term; the first run begins at base.index + 1.
 */
import { assert } from '../../shared/assert.ts';
import type { TermRun } from '../../shared/event.ts';

/** An index with the term of the entry there. */
export interface Position {
  readonly index: number;
  readonly term: number;
}

export interface LogShape {
  /** The entry before the first one that is held; (0, 0) until the log is compacted. */
  base: Position;
  runs: TermRun[];
  lastIndex: number;
  /** `entryBytes` of the entry at base.index + 1 + i. */
  sizes: number[];
}

export function createLogShape(
  base: Position,
  lastIndex: number,
  runs: readonly TermRun[],
  sizes: readonly number[],
): LogShape {
  return { base, runs: [...runs], lastIndex, sizes: [...sizes] };
}

/** The position of the run that holds `index`, by bisection; -1 for the base and what is before it. */
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

/** The term of the entry at `index`; known for the base too (0 at index 0); undefined before it and behind the end. */
export function termAt(log: LogShape, index: number): number | undefined {
  if (index === log.base.index) return log.base.term;
  if (index < log.base.index || index > log.lastIndex) return undefined;
  const lastRun = log.runs.at(-1);
  if (lastRun && index >= lastRun.firstIndex) return lastRun.term;
  return log.runs[runPosition(log, index)]?.term;
}

export function lastTerm(log: LogShape): number {
  return log.runs.at(-1)?.term ?? log.base.term;
}

/** The first index held that has the same term as the entry at `index`. */
export function firstIndexOfTermAt(log: LogShape, index: number): number {
  return log.runs[runPosition(log, index)]?.firstIndex ?? log.base.index;
}

/** The last index whose entry has exactly `term`, the base included, or 0 when the log has none. */
export function lastIndexOfTerm(log: LogShape, term: number): number {
  for (let position = log.runs.length - 1; position >= 0; position--) {
    const run = log.runs[position];
    if (!run || run.term < term) return 0;
    if (run.term === term) return (log.runs[position + 1]?.firstIndex ?? log.lastIndex + 1) - 1;
  }
  return log.base.term === term ? log.base.index : 0;
}

/** Adds one entry behind the last. */
export function appendToShape(log: LogShape, term: number, sizeBytes: number): void {
  const last = log.runs[log.runs.length - 1];
  log.lastIndex += 1;
  if (last?.term !== term) log.runs.push({ term, firstIndex: log.lastIndex });
  log.sizes.push(sizeBytes);
}

/** Removes `fromIndex` and everything behind it. */
export function truncateShape(log: LogShape, fromIndex: number): void {
  assert(fromIndex > log.base.index, `entry ${fromIndex} is compacted and can't be removed`);
  log.lastIndex = fromIndex - 1;
  log.sizes.length = log.lastIndex - log.base.index;
  while ((log.runs.at(-1)?.firstIndex ?? 0) >= fromIndex) log.runs.pop();
}

/** Forgets the entries up to `index`, which the log holds. */
export function compactShape(log: LogShape, index: number): void {
  if (index <= log.base.index) return;
  const term = termAt(log, index);
  assert(term !== undefined, `a log that ends at ${log.lastIndex} can't be compacted up to ${index}`);
  const kept = runPosition(log, index);
  log.sizes.splice(0, index - log.base.index);
  log.runs = log.runs.slice(Math.max(0, kept));
  const [first] = log.runs;
  if (first && first.firstIndex <= index) {
    if (log.lastIndex === index || (log.runs[1]?.firstIndex ?? Infinity) === index + 1) log.runs.shift();
    else log.runs[0] = { term: first.term, firstIndex: index + 1 };
  }
  log.base = { index, term };
}

/** Forgets everything: the log goes on behind `base`. */
export function restartShape(log: LogShape, base: Position): void {
  log.base = base;
  log.runs = [];
  log.sizes = [];
  log.lastIndex = base.index;
}

/** `entryBytes` of the entry at `index`; 0 for one that is not held. */
export function sizeAt(log: LogShape, index: number): number {
  return log.sizes[index - log.base.index - 1] ?? 0;
}

/** How many entries from `firstIndex` on fit in the limits, and their bytes; at least one when there is one. */
export function fitting(
  log: LogShape,
  firstIndex: number,
  countMax: number,
  bytesMax: number,
): { count: number; bytes: number } {
  let count = 0;
  let bytes = 0;
  for (let index = firstIndex; index <= log.lastIndex && count < countMax; index++) {
    const size = sizeAt(log, index);
    if (count > 0 && bytes + size > bytesMax) break;
    bytes += size;
    count += 1;
  }
  return { count, bytes };
}

/** Raft §5.4.1: the later last term is more up-to-date; with equal last terms the longer log. Equal counts as up-to-date. */
export function isUpToDate(candidate: Position, voter: Position): boolean {
  if (candidate.term !== voter.term) return candidate.term > voter.term;
  return candidate.index >= voter.index;
}
