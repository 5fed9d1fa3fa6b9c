/**
 * Keeps a stream: takes its events in, fills chunk after chunk, records them, and holds what queries are answered from. Synchronous,
 * without a clock: who owns it says when to flush.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterView } from '../../shared/projection/cluster-view.ts';
import type { Landmark } from '../../shared/projection/landmarks.ts';
import type { SecondFigures } from '../../shared/projection/second-figures.ts';
import type { StreamBounds } from '../../shared/query.ts';
import { StoredChunk, type Chunk, type ChunkPlace } from './chunk.ts';
import { ChunkCache } from './chunk-cache.ts';
import { ChunkFold } from './chunk-fold.ts';
import { summaryOf } from './chunk-summary.ts';
import { firstKeyframe, type Keyframe } from './keyframe.ts';
import { LandmarkBook } from './landmark-book.ts';
import { messageOf, type Recording } from './recording.ts';
import type { StreamContent } from './stream-content.ts';
import { TailChunk } from './tail-chunk.ts';

/** What a store may hold in memory, and how it cuts. */
export interface StoreLimits {
  readonly chunkEvents: number;
  /** Frames of what is not recorded. */
  readonly memoryBytesMax: number;
  readonly decodedEventsMax: number;
  readonly landmarksMax: number;
}

export const storeLimits: StoreLimits = {
  chunkEvents: limits.chunkEventsMin,
  memoryBytesMax: limits.unrecordedBytesMax,
  decodedEventsMax: limits.decodedEventsMax,
  landmarksMax: limits.landmarksHeldMax,
};

/** A keyframe is as large as the logs have terms: chunks grow with it, so that it stays a small part of the file. */
const eventsPerKeyframeByte = 1 / 4;
const chunkGrowthMax = 8;
/** A chunk with more bytes of events is complete, however few they are. */
const chunkBytesMax = 4 * 1024 * 1024;

export class StreamStore implements StreamContent {
  readonly session: string;
  readonly landmarks: LandmarkBook;
  readonly #recording: Recording;
  readonly #limits: StoreLimits;
  readonly #cache: ChunkCache;
  #stored: StoredChunk[] = [];
  #fold = new ChunkFold(firstKeyframe);
  /** Why the events before the next chunk are missing, where they are. */
  #gap: string | undefined;
  #tail: TailChunk | undefined;

  constructor(session: string, recording: Recording, settings: StoreLimits = storeLimits) {
    this.session = session;
    this.#recording = recording;
    this.#limits = settings;
    this.#cache = new ChunkCache(settings.decodedEventsMax);
    this.landmarks = new LandmarkBook(settings.landmarksMax);
  }

  get recording(): StreamBounds['recording'] {
    return this.#recording.bounds;
  }

  get chunks(): readonly Chunk[] {
    return this.#tail ? [...this.#stored, this.#tail] : this.#stored;
  }

  get latestLandmarks(): readonly Landmark[] {
    return this.#fold.landmarks;
  }

  get second(): SecondFigures | null {
    return this.#fold.second;
  }

  /** The stream goes on at `position` from `view`: at its beginning, and where events are missing, with the reason. */
  begin(position: number, view: ClusterView, gap?: string): void {
    this.#seal();
    this.#fold = new ChunkFold({ position, view, second: this.#fold.second });
    this.#gap = gap;
  }

  /** The events that follow. */
  take(events: readonly LabEvent[]): void {
    for (const event of events) {
      this.#tail ??= this.#beginChunk();
      this.#tail.take(event);
      if (this.#tail.count >= this.#chunkEvents(this.#tail)) this.#seal();
    }
  }

  /** Writes what is not written yet. */
  flush(): void {
    this.#write((tail) => tail.flush(this.#recording.frames));
    if (this.#tail && this.#tail.eventBytes > chunkBytesMax) this.#seal();
  }

  /** Ends the recording. Queries are no longer answered. */
  close(): void {
    if (this.#tail) this.#fold.finish();
    this.#seal();
    const { memory } = this.#recording;
    const chunks = this.#stored.filter(({ place }) => place.frames !== memory);
    this.#recording.close({ chunks, landmarks: this.landmarks });
  }

  #chunkEvents(tail: TailChunk): number {
    const wanted = Math.ceil(tail.keyframeBytes * eventsPerKeyframeByte);
    const { chunkEvents } = this.#limits;
    return Math.min(Math.max(wanted, chunkEvents), chunkEvents * chunkGrowthMax);
  }

  #beginChunk(): TailChunk {
    if (this.#recording.isFull) this.#recording.stop('The recording has reached its limit.');
    const { view, endPosition: position, second } = this.#fold;
    const keyframe: Keyframe = { position, view, second, ...(this.#gap !== undefined && { gap: this.#gap }) };
    this.#gap = undefined;
    return new TailChunk(keyframe, this.#fold);
  }

  #seal(): void {
    const place = this.#write((tail) => tail.seal(this.#recording.frames));
    if (!place) return;
    const stored = this.#fold.summary();
    this.#stored.push(new StoredChunk(summaryOf(stored), place, this.#cache));
    this.landmarks.add(stored.landmarks);
    this.#fold.next();
    this.#tail = undefined;
    this.#forget();
  }

  /** What can't be written into the file goes, with all of its chunk, into memory. */
  #write<T>(write: (tail: TailChunk) => T): T | undefined {
    const tail = this.#tail;
    if (!tail) return undefined;
    const { frames, memory } = this.#recording;
    try {
      return write(tail);
    } catch (error) {
      if (frames === memory) throw error;
      this.#recording.stop(`The session could not be written any further: ${messageOf(error)}`);
      tail.rewind();
      return write(tail);
    }
  }

  /** The oldest of what is in memory makes room. */
  #forget(): void {
    const { memory } = this.#recording;
    const isInMemory = ({ place }: StoredChunk): boolean => place.frames === memory;
    while (memory.held > this.#limits.memoryBytesMax) {
      const oldest = this.#stored.findIndex(isInMemory);
      const [chunk] = oldest < 0 ? [] : this.#stored.splice(oldest, 1);
      if (!chunk) return;
      memory.forgetBefore(endOf(chunk.place));
    }
  }
}

function endOf({ end }: ChunkPlace): number {
  return end;
}
