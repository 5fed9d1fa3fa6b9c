/**
 * Real time against the one order: what was answered before something else was asked stands before it. Positions are revealed (an
 * append by its index, a read by what was applied), so this is a sort and a sweep; README.md has the argument.
 */
import type { Operation, ReadOperation, Span } from '../contract.ts';
import type { PromiseId } from '../../../shared/promises.ts';
import type { EntryOrder } from './entry-order.ts';
import { nameOf, type HistoryBook } from './history-book.ts';
import type { LogicalAppend } from './logical-appends.ts';

/** An operation at its place in the order. */
interface Placed {
  readonly operation: Operation;
  /**
   * An append stands at its last index. A read stands behind everything that was applied. A refusal stands anywhere between the
   * entry that it names and the next append.
   */
  readonly kind: 'append' | 'read' | 'refusal';
  readonly position: number;
  readonly invokedNs: number;
  readonly completedNs: number;
}

export interface RealTimeOptions {
  readonly order: EntryOrder;
  readonly appends: readonly LogicalAppend[];
  readonly reads: readonly ReadOperation[];
  readonly driftSpans: readonly Span[];
  readonly book: HistoryBook;
}

/** @returns how many lease reads were stale while no promise was made */
export function checkRealTime({ order, appends, reads, driftSpans, book }: RealTimeOptions): number {
  const placedAppends = order.appends.map(({ operation, place, invokedNs, completedNs }): Placed => ({
    operation,
    kind: 'append',
    position: place.lastIndex,
    invokedNs,
    completedNs,
  }));
  const refusals = appends.flatMap(({ outcome, last, operation, invokedNs, completedNs }): Placed[] =>
    outcome === 'refused' && last ? [{ operation, kind: 'refusal', position: last.index, invokedNs, completedNs }] : [],
  );
  const isVoid = ({ mode, invokedNs, completedNs }: ReadOperation): boolean =>
    mode === 'lease' && driftSpans.some(({ fromNs, toNs }) => fromNs <= completedNs && toNs >= invokedNs);
  const placedReads: Placed[] = [];
  const voidReads: Placed[] = [];
  const localReads: Placed[] = [];
  for (const read of reads) {
    const { outcome, invokedNs, completedNs } = read;
    if (outcome.kind !== 'ok') continue;
    const placed: Placed = { operation: read, kind: 'read', position: outcome.appliedIndex, invokedNs, completedNs };
    if (read.mode === 'local') localReads.push(placed);
    else (isVoid(read) ? voidReads : placedReads).push(placed);
  }
  checkNotAhead([...localReads, ...voidReads], placedAppends, book);
  const all = [...placedAppends, ...placedReads, ...refusals].toSorted(byPosition);
  sweep(all, book);
  return countStale(voidReads, all);
}

/** Appends stand before what else is at their index. */
function byPosition(left: Placed, right: Placed): number {
  return left.position - right.position || Number(left.kind !== 'append') - Number(right.kind !== 'append');
}

/** The one that was asked last. */
function later(left: Placed | undefined, right: Placed | undefined): Placed | undefined {
  return right && right.invokedNs > (left?.invokedNs ?? -Infinity) ? right : left;
}

/**
 * In the order of positions: nothing may have been answered before something in front of it was asked. Between two appends, reads
 * stand by their positions; refusals stand anywhere.
 */
function sweep(all: readonly Placed[], book: HistoryBook): void {
  /** Of everything up to the latest append, itself included. */
  let before: Placed | undefined;
  /** Of everything behind it, so far. */
  let between: Placed | undefined;
  /** Of the reads behind it: those of lower positions, and all. */
  let lowerReads: Placed | undefined;
  let allReads: Placed | undefined;
  let readPosition = -1;
  for (const placed of all) {
    if (placed.kind === 'append') {
      before = later(before, between);
      checkPair(before, placed, book);
      before = later(before, placed);
      between = lowerReads = allReads = undefined;
      continue;
    }
    if (placed.kind === 'read') {
      if (placed.position > readPosition) lowerReads = allReads;
      readPosition = placed.position;
      checkPair(later(before, lowerReads), placed, book);
      allReads = later(allReads, placed);
    } else {
      checkPair(before, placed, book);
    }
    between = later(between, placed);
  }
}

function checkPair(first: Placed | undefined, second: Placed, book: HistoryBook): void {
  if (!first || second.completedNs >= first.invokedNs) return;
  const [left, right] = [nameOf(first.operation), nameOf(second.operation)];
  const leaseRead = [first, second].some(({ operation }) => operation.kind === 'read' && operation.mode === 'lease');
  const promise: PromiseId = leaseRead ? 'lease-reads' : 'linearizability';
  const sentence =
    first.kind === 'read' && second.kind === 'append'
      ? `Stale: the ${left} shows the log up to ${first.position}, and the ${right} at ${second.position} was answered before it began.`
      : first.kind === 'read' && second.kind === 'read'
        ? `Stale: the ${left} shows the log up to ${first.position}, and the ${right} before it had shown it up to ${second.position}.`
        : `The ${left} stands at ${first.position}, before the ${right} at ${second.position}, which was answered before the former was asked.`;
  book.report(promise, [first.operation, second.operation], sentence);
}

/** How many of the reads show less than what was answered, or shown, before they were asked. */
function countStale(reads: readonly Placed[], all: readonly Placed[]): number {
  if (reads.length === 0) return 0;
  /** Of all from a position in `all` on. */
  const firstAnswers = all.map(({ completedNs }) => completedNs);
  for (let at = firstAnswers.length - 2; at >= 0; at--) {
    firstAnswers[at] = Math.min(firstAnswers[at] ?? Infinity, firstAnswers[at + 1] ?? Infinity);
  }
  return reads.filter(({ position, invokedNs }) => {
    const behind = countUpTo(all, position);
    return (firstAnswers[behind] ?? Infinity) < invokedNs;
  }).length;
}

/** How many stand at `position` or before. */
function countUpTo(placed: readonly Placed[], position: number): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((placed[middle]?.position ?? Infinity) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Also a read that may be stale shows no append that was asked after its answer. */
function checkNotAhead(reads: readonly Placed[], appends: readonly Placed[], book: HistoryBook): void {
  /** Of all up to a position in `appends`, the one that was asked last. */
  const asked: Placed[] = [];
  for (const append of appends) asked.push(later(asked[asked.length - 1], append) ?? append);
  for (const { operation, position, completedNs } of reads) {
    const ahead = asked[countUpTo(appends, position) - 1];
    if (!ahead || ahead.invokedNs <= completedNs) continue;
    const isLease = operation.kind === 'read' && operation.mode === 'lease';
    const sentence = `The ${nameOf(operation)} shows the log up to ${position}, and the ${nameOf(ahead.operation)} at ${ahead.position} was asked only after its answer.`;
    book.report(isLease ? 'lease-reads' : 'local-reads', [operation, ahead.operation], sentence);
  }
}
