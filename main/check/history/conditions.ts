/** Conditional appends: one that had its effect met the last client entry that it expected, one that was refused did not. */
import type { HistoryOptions } from '../contract.ts';
import type { EntryOrder } from './entry-order.ts';
import { nameOf, type HistoryBook } from './history-book.ts';
import type { LogicalAppend } from './logical-appends.ts';

interface Position {
  readonly index: number;
  readonly term: number;
}

/** Whether an append of unknown outcome that nothing showed may have put an entry there before the given time. */
type MayExplain = (position: Position, beforeNs: number) => boolean;

export function checkConditions(
  appends: readonly LogicalAppend[],
  order: EntryOrder,
  options: HistoryOptions,
  book: HistoryBook,
): void {
  const { finalLog, incomplete = false } = options;
  const earliestUnseen = Math.min(Infinity, ...order.unseen.map(({ invokedNs }) => invokedNs));
  const mayExplain: MayExplain = ({ index }, beforeNs) => {
    if (index < 1 || order.at(index)) return false;
    if (finalLog && index >= finalLog.firstIndex) return false;
    return incomplete || earliestUnseen <= beforeNs;
  };
  for (const append of appends) {
    if (append.outcome === 'refused') checkRefusal(append, order, mayExplain, book);
    else if (append.place && append.expect) checkExpectation(append, append.place.firstIndex, order, mayExplain, book);
  }
}

function checkExpectation(
  { operation, expect, completedNs, inSession }: LogicalAppend,
  firstIndex: number,
  order: EntryOrder,
  mayExplain: MayExplain,
  book: HistoryBook,
): void {
  const before = order.entries[order.positionOf(firstIndex) - 1];
  const actual = { index: before?.index ?? 0, term: before?.term ?? 0 };
  const expected = { index: expect?.prevLogIndex ?? 0, term: expect?.prevLogTerm ?? 0 };
  if (actual.index === expected.index && actual.term === expected.term) return;
  const isBetween = expected.index > actual.index && expected.index < firstIndex;
  if (isBetween && mayExplain(expected, completedNs)) return;
  const sentence = `The ${nameOf(operation)} expected ${textOf(expected)} and took effect at ${firstIndex} behind ${textOf(actual)}.`;
  const other = before?.append?.operation;
  // A request that is carried out again finds what its first copy did.
  book.report(
    inSession && before?.append?.operation === operation ? 'exactly-once' : 'linearizability',
    other ? [operation, other] : [operation],
    sentence,
  );
}

function checkRefusal(
  { operation, expect, last, completedNs }: LogicalAppend,
  order: EntryOrder,
  mayExplain: MayExplain,
  book: HistoryBook,
): void {
  if (!expect)
    return book.report('linearizability', [operation], `The ${nameOf(operation)} expected nothing and was refused.`);
  if (!last) return;
  if (last.index === expect.prevLogIndex && last.term === expect.prevLogTerm) {
    return book.report(
      'linearizability',
      [operation],
      `The ${nameOf(operation)} was refused with what it expected, ${textOf(last)}.`,
    );
  }
  if (last.index === 0 && last.term === 0) return;
  const entry = order.at(last.index);
  const isLast = entry && entry.term === last.term && (entry.append?.place?.lastIndex ?? last.index) === last.index;
  if (isLast || (!entry && mayExplain(last, completedNs))) return;
  const sentence = `The ${nameOf(operation)} was refused with ${textOf(last)} as the last client entry, and it never was.`;
  book.report('linearizability', [operation], sentence);
}

function textOf({ index, term }: Position): string {
  return index === 0 ? 'an empty log' : `entry ${index} of term ${term}`;
}
