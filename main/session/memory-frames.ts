/** Frames of a stream that is not, or no longer, recorded: the latest ones stay in memory. */
import type { FrameStore } from './frame-store.ts';
import { placeFrame } from './frame.ts';

interface HeldFrame {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export class MemoryFrames implements FrameStore {
  readonly seed = 0;
  #end = 0;
  /** By offset, ascending. */
  #frames: HeldFrame[] = [];

  get end(): number {
    return this.#end;
  }

  /** Bytes that are held. */
  get held(): number {
    return this.#end - (this.#frames[0]?.offset ?? this.#end);
  }

  append(frame: Uint8Array<ArrayBuffer>): number {
    const offset = this.#end;
    placeFrame(frame, this.seed, offset);
    this.#frames.push({ offset, bytes: frame });
    this.#end += frame.length;
    return offset;
  }

  /** What is no longer held is not read. */
  read(offset: number, bytes: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (const frame of this.#frames) {
      const start = Math.max(0, offset - frame.offset);
      const end = Math.min(frame.bytes.length, offset + bytes - frame.offset);
      if (start < end) parts.push(frame.bytes.subarray(start, end));
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** Frames before `offset` are no longer wanted. */
  forgetBefore(offset: number): void {
    this.#frames = this.#frames.filter((frame) => frame.offset >= offset);
  }
}
