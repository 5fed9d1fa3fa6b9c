/** Finds the chunks of a file that has no index: it was not closed cleanly, or is damaged. */
import { emptyClusterView } from '../../shared/projection/cluster-view.ts';
import type { SecondFigures } from '../../shared/projection/second-figures.ts';
import { StoredChunk, type ChunkPlace } from './chunk.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { ChunkFold } from './chunk-fold.ts';
import { isStoredSummary, summaryOf, type StoredSummary } from './chunk-summary.ts';
import type { FrameStore } from './frame-store.ts';
import { essentialTypes, frameTypes } from './frame.ts';
import { LandmarkBook } from './landmark-book.ts';
import { loadChunk } from './loaded-chunk.ts';
import { walkFrames, type Damage, type WalkedFrame } from './walk-frames.ts';

/** Frames behind a keyframe of which no summary was found yet. */
interface OpenChunk {
  readonly offset: number;
  end: number;
}

/** No chunk is as long. */
const openBytesMax = 64 * 1024 * 1024;

export class FileScan {
  readonly chunks: StoredChunk[] = [];
  readonly landmarks: LandmarkBook;
  readonly problems: string[] = [];
  readonly #frames: FrameStore;
  readonly #cache: ChunkCache;
  #open: OpenChunk | undefined;
  #second: SecondFigures | null = null;
  #refusal: string | undefined;

  private constructor(frames: FrameStore, cache: ChunkCache, landmarksMax: number) {
    this.#frames = frames;
    this.#cache = cache;
    this.landmarks = new LandmarkBook(landmarksMax);
  }

  /** Reads everything from `start` on. May throw what the file system throws. */
  static read(frames: FrameStore, start: number, cache: ChunkCache, landmarksMax: number): FileScan {
    const scan = new FileScan(frames, cache, landmarksMax);
    for (const frame of walkFrames(frames, start, frames.end)) {
      scan.#take(frame);
      if (scan.#refusal !== undefined) return scan;
    }
    scan.#rebuild();
    scan.problems.push(scan.#howItEnded());
    return scan;
  }

  /** The second that ran when the file ended, as far as it is known. */
  get second(): SecondFigures | null {
    return this.#second;
  }

  /** Why the file can't be read at all. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  #take(frame: WalkedFrame | Damage): void {
    if (!('read' in frame)) return this.#damaged(frame);
    switch (frame.type) {
      case frameTypes.keyframe:
        this.#rebuild();
        return this.#extend(frame);
      case frameTypes.events:
        return this.#extend(frame);
      case frameTypes.chunk:
        return this.#close(frame);
      default:
        if (frame.type >= essentialTypes)
          this.#refusal = `holds something that this version of Raft Lab does not know (frame type ${frame.type}). Open it with a newer version.`;
        else if (this.#open) this.#open.end = frame.end;
    }
  }

  #extend({ offset, end }: WalkedFrame): void {
    if (this.#open && end - this.#open.offset > openBytesMax) this.#rebuild();
    if (this.#open) this.#open.end = end;
    else this.#open = { offset, end };
  }

  #close(frame: WalkedFrame): void {
    const stored = frame.read();
    if (!this.#open || !isStoredSummary(stored)) return this.#rebuild();
    const place = { frames: this.#frames, offset: this.#open.offset, summaryAt: frame.offset, end: frame.end };
    this.#open = undefined;
    this.#add(stored, place);
    this.#second = null;
  }

  /** Makes the summary of a chunk that has none. */
  #rebuild(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    const { keyframe, events, positions } = loadChunk(this.#frames, open.offset, open.end);
    const [position] = positions;
    if (position === undefined) return;
    const fold = new ChunkFold(keyframe ?? { position, view: emptyClusterView, second: null });
    for (const [i, event] of events.entries()) fold.take(event, positions[i]);
    const place = { frames: this.#frames, offset: open.offset, summaryAt: open.end, end: open.end };
    this.#add(fold.summary(), place, fold.seconds);
    this.#second = fold.second;
  }

  #add(stored: StoredSummary, place: ChunkPlace, seconds?: readonly SecondFigures[]): void {
    const last = this.chunks.at(-1)?.summary.endPosition ?? 0;
    if (stored.firstPosition < last) {
      this.problems.push(`Events from position ${stored.firstPosition} on stand in it twice; the first ones count.`);
      return;
    }
    this.chunks.push(new StoredChunk(summaryOf(stored), place, this.#cache, seconds));
    this.landmarks.add(stored.landmarks);
  }

  #damaged({ offset, end }: Damage): void {
    const bytes = end - offset;
    this.problems.push(
      end === this.#frames.end
        ? `The last ${bytes} bytes, from offset ${offset} on, were not written completely, and are left out.`
        : `${bytes} bytes at offset ${offset} are damaged, and are left out.`,
    );
  }

  #howItEnded(): string {
    const events = this.chunks.at(-1)?.summary.endPosition ?? 0;
    return `The recording was not closed: it ends with event ${events}, and what came in the last second may be missing.`;
  }
}
