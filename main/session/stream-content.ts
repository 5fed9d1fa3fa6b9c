/** What a store holds of a stream, and where in it a place is. */
import type { Landmark } from '../../shared/projection/landmarks.ts';
import type { SecondFigures } from '../../shared/projection/second-figures.ts';
import type { StreamBounds } from '../../shared/query.ts';
import type { Chunk } from './chunk.ts';
import type { LandmarkBook } from './landmark-book.ts';

export interface StreamContent {
  readonly session: string;
  readonly recording: StreamBounds['recording'];
  /** In order; none of them is empty. Positions that are in none of them are missing. */
  readonly chunks: readonly Chunk[];
  readonly landmarks: LandmarkBook;
  /** Those that are not in the book yet. */
  readonly latestLandmarks: readonly Landmark[];
  /** The second that runs. */
  readonly second: SecondFigures | null;
}

/** Which chunk is the first that ends behind `position`; as many as there are when none does. */
export function chunkAt(chunks: readonly Chunk[], position: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunks[middle]?.summary.endPosition ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many events came before the end of the last one that is not after `timeNs`; undefined where all are. */
export function positionBehind(chunks: readonly Chunk[], timeNs: number): number | undefined {
  for (const chunk of chunks.toReversed()) {
    if (chunk.summary.startNs > timeNs) continue;
    const { events, positions } = chunk.load();
    const last = events.findLastIndex((event) => event.timeNs <= timeNs);
    const position = positions[last];
    if (position !== undefined) return position + 1;
  }
  return undefined;
}
