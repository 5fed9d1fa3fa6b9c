/** What is kept in memory of a chunk, a stretch of the stream: enough to know whether a query needs its events. */
import type { Landmark } from '../../shared/projection/landmarks.ts';
import type { SecondFigures } from '../../shared/projection/second-figures.ts';
import { EventKinds, type KindCount } from './event-kinds.ts';
import type { IndexRange } from './touched-entries.ts';

/** As it stands in a file. Later versions may add fields. */
export interface StoredSummary {
  readonly firstPosition: number;
  readonly endPosition: number;
  /** Of the earliest and the latest event; the stream is not quite in the order of time. */
  readonly startNs: number;
  readonly endNs: number;
  readonly kinds: readonly KindCount[];
  /** From the lowest to the highest entry that an event is about. */
  readonly entries: IndexRange | null;
  readonly landmarks: readonly Landmark[];
  /** Seconds that ended in it. */
  readonly seconds: readonly SecondFigures[];
}

export interface ChunkSummary extends Omit<StoredSummary, 'kinds' | 'landmarks' | 'seconds'> {
  readonly kinds: EventKinds;
}

/** Without what is kept apart. */
export function summaryOf({ firstPosition, endPosition, startNs, endNs, kinds, entries }: StoredSummary): ChunkSummary {
  return { firstPosition, endPosition, startNs, endNs, kinds: new EventKinds(kinds), entries };
}

/** True when `value`, read from a file, can be used as a summary. */
export function isStoredSummary(value: unknown): value is StoredSummary {
  if (typeof value !== 'object' || value === null) return false;
  const { firstPosition, endPosition, startNs, endNs, kinds, entries, landmarks, seconds } =
    value as Partial<StoredSummary>;
  return (
    [firstPosition, endPosition, startNs, endNs].every((number) => typeof number === 'number') &&
    Number(firstPosition) < Number(endPosition) &&
    [kinds, landmarks, seconds].every((list) => Array.isArray(list)) &&
    (entries === null || (typeof entries?.from === 'number' && typeof entries.to === 'number'))
  );
}
