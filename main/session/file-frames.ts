/** A session file that is being written, or read: frames at its end, bytes from anywhere. */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { FrameStore } from './frame-store.ts';
import { placeFrame } from './frame.ts';
import { encodePreamble, formatVersion, preambleBytes } from './preamble.ts';

export class FileFrames implements FrameStore {
  readonly file: string;
  readonly seed: number;
  readonly #descriptor: number;
  #end: number;
  #isClosed = false;

  private constructor(file: string, descriptor: number, seed: number, end: number) {
    this.file = file;
    this.#descriptor = descriptor;
    this.seed = seed;
    this.#end = end;
  }

  /** Makes the file, which must not exist, in a folder that does. Throws what the file system throws. */
  static create(file: string, seed: number): FileFrames {
    const descriptor = openSync(file, 'wx+');
    const frames = new FileFrames(file, descriptor, seed, 0);
    frames.#write(encodePreamble({ version: formatVersion, seed }));
    return frames;
  }

  /** For reading alone. Throws what the file system throws. @param seed 0 until the preamble is read */
  static open(file: string): FileFrames {
    const descriptor = openSync(file, 'r');
    const { size } = fstatSync(descriptor);
    return new FileFrames(file, descriptor, readSeed(descriptor), size);
  }

  get end(): number {
    return this.#end;
  }

  append(frame: Uint8Array<ArrayBuffer>): number {
    const offset = this.#end;
    placeFrame(frame, this.seed, offset);
    this.#write(frame);
    return offset;
  }

  read(offset: number, bytes: number): Uint8Array {
    const buffer = new Uint8Array(Math.max(0, Math.min(bytes, this.#end - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const count = readSync(this.#descriptor, buffer, filled, buffer.length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  }

  /** What was written reaches the disk. Throws what the file system throws. */
  flush(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#descriptor);
  }

  #write(bytes: Uint8Array): void {
    let written = 0;
    try {
      while (written < bytes.length) {
        written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.#end + written);
      }
    } catch (error) {
      // Half a frame would be taken for a torn end, which it is; without it the file ends cleanly.
      if (written > 0) ftruncateSync(this.#descriptor, this.#end);
      throw error;
    }
    this.#end += bytes.length;
  }
}

/** Whatever stands there: it is believed once the preamble is found to be whole. */
function readSeed(descriptor: number): number {
  const bytes = new Uint8Array(preambleBytes);
  readSync(descriptor, bytes, 0, preambleBytes, 0);
  return new DataView(bytes.buffer).getUint32(12, true);
}
