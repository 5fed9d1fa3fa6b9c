/**
 * The one order of all client entries that had their effect, put together from answered appends, from what reads showed and, where it
 * is known, from the log at the end.
 */
import type { HistoryOptions, Operation, PayloadDigest, ReadOperation, SeenEntry } from '../contract.ts';
import { checkSame, explainEntry, place, type Offset, type OrderedEntry } from './entry-places.ts';
import type { HistoryBook } from './history-book.ts';
import type { LogicalAppend, Place } from './logical-appends.ts';

export interface EntryOrder {
  /** Ascending in index. */
  readonly entries: readonly OrderedEntry[];
  /** Appends with a place, ascending. */
  readonly appends: readonly (LogicalAppend & { readonly place: Place })[];
  /** Appends of unknown outcome that nothing showed. */
  readonly unseen: readonly LogicalAppend[];
  at(index: number): OrderedEntry | undefined;
  /** Position in `entries` of the first one at `index` or behind. */
  positionOf(index: number): number;
}

export function entryOrder(
  appends: readonly LogicalAppend[],
  reads: readonly ReadOperation[],
  { finalLog, incomplete = false }: HistoryOptions,
  book: HistoryBook,
): EntryOrder {
  const byIndex = new Map<number, OrderedEntry>();
  for (const append of appends) if (append.place) place(append, append.place, append.operation, byIndex, book);

  const byDigest = new Map<PayloadDigest, Offset[]>();
  for (const append of appends.toSorted((left, right) => left.invokedNs - right.invokedNs)) {
    for (const [offset, digest] of append.digests.entries()) {
      const others = byDigest.get(digest);
      if (others) others.push({ append, offset });
      else byDigest.set(digest, [{ append, offset }]);
    }
  }
  const explain = (seen: SeenEntry, by: Operation | undefined): void =>
    explainEntry({ seen, by, candidates: byDigest.get(seen.digest) ?? [], incomplete }, byIndex, book);
  for (const [seen, by] of firstSights(reads, finalLog?.entries ?? [], byIndex, book)) {
    // A neighbour of the same append may have brought it in meanwhile.
    if (!byIndex.has(seen.index)) explain(seen, by);
    else checkSame(byIndex.get(seen.index), seen, by, book);
  }
  return orderOf(byIndex, appends);
}

function orderOf(byIndex: ReadonlyMap<number, OrderedEntry>, appends: readonly LogicalAppend[]): EntryOrder {
  const entries = [...byIndex.values()].toSorted((left, right) => left.index - right.index);
  const positionOf = (index: number): number => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.index ?? Infinity) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    entries,
    appends: appends
      .flatMap((append) => (append.place ? [append as LogicalAppend & { place: Place }] : []))
      .toSorted((left, right) => left.place.lastIndex - right.place.lastIndex),
    unseen: appends.filter((append) => append.outcome === 'unknown' && !append.place),
    at: (index) => byIndex.get(index),
    positionOf,
  };
}

/** Entries that no answered append explains, ascending, each with the first one that showed it. */
function firstSights(
  reads: readonly ReadOperation[],
  finalEntries: readonly SeenEntry[],
  byIndex: ReadonlyMap<number, OrderedEntry>,
  book: HistoryBook,
): readonly (readonly [SeenEntry, Operation | undefined])[] {
  const sights = new Map<number, readonly [SeenEntry, Operation | undefined]>();
  const look = (seen: SeenEntry, by: Operation | undefined): void => {
    const known = byIndex.get(seen.index);
    const sight = sights.get(seen.index);
    if (known) checkSame(known, seen, by, book);
    else if (!sight) sights.set(seen.index, [seen, by]);
    else checkSame({ ...sight[0], append: undefined, by: sight[1] }, seen, by, book);
  };
  for (const seen of finalEntries) look(seen, undefined);
  for (const read of reads) {
    if (read.outcome.kind !== 'ok') continue;
    for (const seen of read.outcome.entries ?? []) look(seen, read);
  }
  return [...sights.values()].toSorted(([left], [right]) => left.index - right.index);
}
