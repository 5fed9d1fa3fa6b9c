/**
 * Judges the clients' history of the replicated log as a whole: there is one order of all appends in which each request had its
 * effect at one moment between its request and its answer. README.md has the argument.
 */
import type { AppendOperation, HistoryOptions, HistoryVerdict, Operation, ReadOperation } from './contract.ts';
import { HistoryBook } from './history/history-book.ts';
import { HistoryJudge } from './history/history-judge.ts';
import { noLimits } from './history/history-limits.ts';
import type { Send } from './history/logical-append.ts';
import type { AskedRead } from './history/read-judge.ts';

/** @param operations in any order */
export function checkHistory(operations: readonly Operation[], options: HistoryOptions = {}): HistoryVerdict {
  const { violationsMax = 20, waived = [], driftSpans = [], incomplete, finalLog } = options;
  const book = new HistoryBook(violationsMax, () => waived);
  const judge = new HistoryJudge({
    limits: noLimits,
    book,
    isDrifting: (invokedNs, completedNs) =>
      driftSpans.some(({ fromNs, toNs }) => fromNs <= completedNs && toNs >= invokedNs),
  });
  if (incomplete) judge.lose('requests, or what they carried, are missing');
  judge.reads.mayBeCompacted = incomplete ?? false;
  replay(operations, judge);
  judge.finish(finalLog);
  return {
    verdicts: judge.verdicts(),
    violations: book.take(),
    promiseVoid: judge.reads.promiseVoid,
    counts: judge.counts,
  };
}

/** Asks and answers in the order of time; what happens at the same time overlaps. */
function replay(operations: readonly Operation[], judge: HistoryJudge): void {
  const asked = inOrder(operations, ({ invokedNs }) => invokedNs);
  const answered = inOrder(operations, ({ completedNs }) => completedNs);
  const asks: (Send | AskedRead | undefined)[] = Array.from({ length: operations.length }, () => undefined);
  let next = 0;
  for (const at of answered) {
    const operation = operations[at];
    for (; next < asked.length; next++) {
      const position = asked[next] ?? 0;
      const other = operations[position];
      if (!other || !operation || other.invokedNs > operation.completedNs) break;
      asks[position] = ask(other, judge);
    }
    if (operation) answer(operation, asks[at], judge);
    asks[at] = undefined;
  }
}

function ask(operation: Operation, judge: HistoryJudge): Send | AskedRead | undefined {
  if (operation.kind === 'append') return judge.appends.ask(operation, operation, operation.invokedNs);
  if (operation.kind === 'read') return judge.askRead(operation, operation, operation.invokedNs);
  if (operation.retainEntries > 0) judge.reads.mayBeCompacted = true;
  return undefined;
}

function answer(operation: Operation, asked: Send | AskedRead | undefined, judge: HistoryJudge): void {
  if (!asked) return;
  const { completedNs } = operation;
  if ('append' in asked) judge.appends.answer(asked, (operation as AppendOperation).outcome, completedNs);
  else judge.reads.answer(asked, (operation as ReadOperation).outcome, completedNs);
}

/** The positions of all operations, by a time. */
function inOrder(operations: readonly Operation[], timeOf: (operation: Operation) => number): Uint32Array {
  const times = new Float64Array(operations.length);
  const positions = new Uint32Array(operations.length);
  let isSorted = true;
  for (let position = 0; position < times.length; position++) {
    const operation = operations[position];
    times[position] = operation ? timeOf(operation) : 0;
    positions[position] = position;
    if (position > 0 && (times[position] ?? 0) < (times[position - 1] ?? 0)) isSorted = false;
  }
  if (isSorted) return positions;
  return positions.toSorted((left, right) => compare(times[left] ?? 0, times[right] ?? 0) || left - right);
}

/** Also of two infinite times. */
function compare(left: number, right: number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
