/**
 * Where the frames of a stream go: into its session file, as long as that can be written and is within its limit; from then on
 * into memory, which holds the latest.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StreamBounds } from '../../shared/query.ts';
import { FileFrames } from './file-frames.ts';
import type { FrameStore } from './frame-store.ts';
import { encodeFrame, frameTypes } from './frame.ts';
import { MemoryFrames } from './memory-frames.ts';
import type { SessionHeader } from './session-header.ts';
import { writeIndex, type SessionIndex } from './session-index.ts';

export interface RecordingOptions {
  /** Null: nothing is recorded. */
  readonly file: string | null;
  readonly bytesMax: number;
  readonly header: SessionHeader;
  /** Any 32-bit number. */
  readonly seed: number;
}

/** Share of the limit that is kept for the index at the end. */
const indexShare = 1 / 64;

export class Recording {
  readonly memory = new MemoryFrames();
  readonly #options: RecordingOptions;
  #file: FileFrames | undefined;
  #stopped: string | undefined;
  #isClosed = false;

  /** Makes the file at the first frame. */
  constructor(options: RecordingOptions) {
    this.#options = options;
    if (options.file === null) this.#stopped = 'Nothing is recorded.';
  }

  /** Where the next frame goes. */
  get frames(): FrameStore {
    if (this.#stopped !== undefined) return this.memory;
    try {
      this.#file ??= this.#create();
      return this.#file;
    } catch (error) {
      this.stop(`The session can't be recorded: ${messageOf(error)}`);
      return this.memory;
    }
  }

  /** True when what comes next no longer fits. */
  get isFull(): boolean {
    const { bytesMax } = this.#options;
    return this.#file !== undefined && this.#file.end >= bytesMax * (1 - indexShare);
  }

  /** Why nothing is recorded any more; undefined while it is. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** As queries tell it. */
  get bounds(): StreamBounds['recording'] {
    if (!this.#file) return null;
    const { file, end: bytes } = this.#file;
    const { bytesMax } = this.#options;
    return { file, bytes, bytesMax, ...(this.#stopped !== undefined && { stopped: this.#stopped }) };
  }

  /** Nothing more goes into the file. */
  stop(reason: string): void {
    this.#stopped ??= reason;
  }

  /** Writes the index behind the last chunk, and closes the file. Never throws: a file without an index is whole, too. */
  close(index: SessionIndex): void {
    if (this.#isClosed || !this.#file) return;
    this.#isClosed = true;
    try {
      writeIndex(this.#file, index);
      this.#file.flush();
    } catch (error) {
      this.stop(`The session's end could not be written: ${messageOf(error)}`);
    }
    this.#file.close();
  }

  #create(): FileFrames {
    const { file, header, seed } = this.#options;
    if (file === null) throw new Error('no file is wanted');
    mkdirSync(dirname(file), { recursive: true });
    const frames = FileFrames.create(file, seed);
    frames.append(encodeFrame(frameTypes.header, header));
    return frames;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
