/** A stretch of the stream, as queries see it: wherever its events are. */
import type { SecondFigures } from '../../shared/projection/second-figures.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { isStoredSummary, type ChunkSummary } from './chunk-summary.ts';
import type { FrameStore } from './frame-store.ts';
import { frameTypes } from './frame.ts';
import { loadChunk, type LoadedChunk } from './loaded-chunk.ts';
import { walkFrames } from './walk-frames.ts';

export interface Chunk {
  readonly summary: ChunkSummary;
  /** What a query costs that looks into it: bytes of frames, 0 when it is in memory as it is. */
  readonly bytes: number;
  load(): LoadedChunk;
  /** Seconds that ended in it. */
  seconds(): readonly SecondFigures[];
}

/** Where a stored chunk is: its keyframe and events from `offset` on, its summary from `summaryAt` to `end`. */
export interface ChunkPlace {
  readonly frames: FrameStore;
  readonly offset: number;
  readonly summaryAt: number;
  readonly end: number;
}

export class StoredChunk implements Chunk {
  readonly summary: ChunkSummary;
  readonly place: ChunkPlace;
  readonly #cache: ChunkCache;
  readonly #seconds: readonly SecondFigures[] | undefined;

  /** @param seconds where its summary does not stand in its place */
  constructor(summary: ChunkSummary, place: ChunkPlace, cache: ChunkCache, seconds?: readonly SecondFigures[]) {
    this.summary = summary;
    this.place = place;
    this.#cache = cache;
    this.#seconds = seconds;
  }

  get bytes(): number {
    return this.place.end - this.place.offset;
  }

  load(): LoadedChunk {
    const { frames, offset, summaryAt } = this.place;
    return this.#cache.get(this, () => loadChunk(frames, offset, summaryAt));
  }

  seconds(): readonly SecondFigures[] {
    if (this.#seconds) return this.#seconds;
    const { frames, summaryAt, end } = this.place;
    for (const frame of walkFrames(frames, summaryAt, end)) {
      const stored = frame.type === frameTypes.chunk && 'read' in frame ? frame.read() : undefined;
      if (isStoredSummary(stored)) return stored.seconds;
    }
    return [];
  }
}
