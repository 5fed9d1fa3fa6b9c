/** The chunk that is being filled: its events are in memory, and go to their place as frames, bit by bit. */
import type { LabEvent } from '../../shared/event.ts';
import type { SecondFigures } from '../../shared/projection/second-figures.ts';
import type { Chunk, ChunkPlace } from './chunk.ts';
import type { ChunkFold } from './chunk-fold.ts';
import type { FrameStore } from './frame-store.ts';
import { encodeFrame, frameTypes } from './frame.ts';
import type { Keyframe } from './keyframe.ts';
import type { LoadedChunk } from './loaded-chunk.ts';

export class TailChunk implements Chunk {
  readonly keyframe: Keyframe;
  readonly bytes = 0;
  readonly #fold: ChunkFold;
  readonly #events: LabEvent[] = [];
  /** How many of them have gone out as frames. */
  #written = 0;
  #offset: number | undefined;
  #keyframeBytes = 0;
  #eventBytes = 0;

  constructor(keyframe: Keyframe, fold: ChunkFold) {
    this.keyframe = keyframe;
    this.#fold = fold;
  }

  get summary(): ChunkFold {
    return this.#fold;
  }

  get count(): number {
    return this.#events.length;
  }

  /** Of the frame with its keyframe; 0 before it was written. */
  get keyframeBytes(): number {
    return this.#keyframeBytes;
  }

  /** Of the frames with its events so far. */
  get eventBytes(): number {
    return this.#eventBytes;
  }

  take(event: LabEvent): void {
    this.#fold.take(event);
    this.#events.push(event);
  }

  load(): LoadedChunk {
    const { position } = this.keyframe;
    return {
      keyframe: this.keyframe,
      events: this.#events.slice(),
      positions: Array.from(this.#events, (_, i) => position + i),
    };
  }

  seconds(): readonly SecondFigures[] {
    return this.#fold.seconds;
  }

  /** Writes what is not written yet. May throw what the file system throws. */
  flush(frames: FrameStore): void {
    if (this.#written === this.#events.length) return;
    if (this.#offset === undefined) {
      const keyframe = encodeFrame(frameTypes.keyframe, this.keyframe);
      this.#offset = frames.append(keyframe);
      this.#keyframeBytes = keyframe.length;
    }
    const stored = [this.keyframe.position + this.#written, this.#events.slice(this.#written)];
    const frame = encodeFrame(frameTypes.events, stored);
    frames.append(frame);
    this.#eventBytes += frame.length;
    this.#written = this.#events.length;
  }

  /** What was written is lost, or of no use: all of it goes to another place. */
  rewind(): void {
    this.#written = 0;
    this.#offset = undefined;
  }

  /** Writes the rest and the summary. May throw what the file system throws. @returns where it stands */
  seal(frames: FrameStore): ChunkPlace {
    this.flush(frames);
    const summaryAt = frames.append(encodeFrame(frameTypes.chunk, this.#fold.summary()));
    return { frames, offset: this.#offset ?? summaryAt, summaryAt, end: frames.end };
  }
}
