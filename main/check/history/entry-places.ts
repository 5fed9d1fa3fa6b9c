/**
 * Which append an entry belongs to, and what it says when there is none, two, or another.
 */
import type { Operation, PayloadDigest, SeenEntry } from '../contract.ts';
import { unknownDigest } from '../history.ts';
import { nameOf, type HistoryBook } from './history-book.ts';
import type { LogicalAppend, Place } from './logical-appends.ts';

export interface OrderedEntry extends SeenEntry {
  /** Undefined for one that nobody is known to have appended. */
  readonly append: LogicalAppend | undefined;
  /** The first one that showed it. */
  readonly by: Operation | undefined;
}

/** One of the entries of an append. */
export interface Offset {
  readonly append: LogicalAppend;
  readonly offset: number;
}

/** What was seen must be what is known. */
export function checkSame(
  known: OrderedEntry | undefined,
  seen: SeenEntry,
  by: Operation | undefined,
  book: HistoryBook,
): void {
  if (!known || (known.term === seen.term && sameDigest(known.digest, seen.digest))) return;
  const what = known.append ? `which ${nameOf(known.append.operation)} put there` : 'than another read showed';
  const where = by ? nameOf(by) : 'the log at the end';
  const sentence = `At index ${seen.index} ${where} shows another entry (term ${seen.term}) than the one of term ${known.term}, ${what}.`;
  const operations = [by, known.append?.operation ?? known.by].filter((operation) => operation !== undefined);
  book.report(
    by && by.kind === 'read' && by.mode === 'local' ? 'local-reads' : 'linearizability',
    operations,
    sentence,
    'own-term-commit',
  );
}

function sameDigest(left: PayloadDigest, right: PayloadDigest): boolean {
  return left === right || left === unknownDigest || right === unknownDigest;
}

/** Puts all entries of the append where it stands. */
export function place(
  append: LogicalAppend,
  { firstIndex, lastIndex, term }: Place,
  by: Operation | undefined,
  byIndex: Map<number, OrderedEntry>,
  book: HistoryBook,
): void {
  append.place = { firstIndex, lastIndex, term };
  const { digests, operation } = append;
  if (firstIndex < 1 || lastIndex - firstIndex + 1 !== digests.length) {
    const sentence = `The ${nameOf(operation)} has ${digests.length} entries and was answered with ${firstIndex} to ${lastIndex}.`;
    return book.report('linearizability', [operation], sentence);
  }
  for (const [offset, digest] of digests.entries()) {
    const index = firstIndex + offset;
    const other = byIndex.get(index);
    if (!other) {
      byIndex.set(index, { index, term, digest, append, by });
      continue;
    }
    const operations = [operation, other.append?.operation].filter((one) => one !== undefined);
    book.report(
      'linearizability',
      operations,
      `Index ${index} was given to ${operations.map(nameOf).join(' and to ')}.`,
      'own-term-commit',
    );
  }
}

export interface Sight {
  readonly seen: SeenEntry;
  readonly by: Operation | undefined;
  readonly candidates: readonly Offset[];
  readonly incomplete: boolean;
}

/** Somebody must have appended it: the earliest append with its payload whose outcome is not known. */
export function explainEntry(
  { seen, by, candidates, incomplete }: Sight,
  byIndex: Map<number, OrderedEntry>,
  book: HistoryBook,
): void {
  const { index, term } = seen;
  const open = candidates.find(({ append }) => append.outcome === 'unknown' && !append.place);
  if (open) {
    const firstIndex = index - open.offset;
    return place(
      open.append,
      { firstIndex, lastIndex: firstIndex + open.append.digests.length - 1, term },
      by,
      byIndex,
      book,
    );
  }
  byIndex.set(index, { ...seen, append: undefined, by });
  const [candidate] = candidates;
  const where = by ? `The ${nameOf(by)}` : 'The log at the end';
  if (candidate) {
    const { operation, outcome, place: placed, inSession } = candidate.append;
    const what = placed
      ? `which stands at ${placed.firstIndex + candidate.offset} already: it took effect twice`
      : `which ${outcome === 'refused' ? 'was refused' : 'failed and certainly had no effect'}`;
    const operations = by ? [operation, by] : [operation];
    const sentence = `${where} shows at index ${index} an entry of ${nameOf(operation)}, ${what}.`;
    return book.report(inSession ? 'exactly-once' : 'linearizability', operations, sentence);
  }
  if (incomplete) return;
  book.report(
    'linearizability',
    by ? [by] : [],
    `${where} shows entry ${index} of term ${term}, which nobody appended.`,
  );
}
