/** Reads frame after frame; where one is damaged, goes on at the next whole one. */
import type { FrameStore } from './frame-store.ts';
import { bodyOf, frameHeadBytes, isWhole, marker, markerAt, readHead } from './frame.ts';
import { unpack } from './pack.ts';

const windowBytes = 1024 * 1024;
/** Made-up frames among damaged bytes are checked up to this many bytes for each byte of the file; then the rest is given up. */
const checkedPerByteMax = 8;

export interface WalkedFrame {
  readonly type: number;
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
  /** What was packed into it; undefined when that can't be read. To be called before the next frame is taken. */
  read(): unknown;
}

/** Bytes that are no frame. */
export interface Damage {
  readonly type: 'damage';
  readonly offset: number;
  readonly end: number;
}

/** All frames of `store` from the one at `from` on, up to `to`. May throw what the file system throws. */
export function* walkFrames(store: FrameStore, from: number, to: number): Generator<WalkedFrame | Damage> {
  const window = new Window(store, to);
  for (let at = from; at < to;) {
    const frame = frameAt(window, at);
    if (frame) {
      yield frame;
      at = frame.end;
    } else {
      const next = findFrame(window, at + 1, (to - from) * checkedPerByteMax) ?? to;
      yield { type: 'damage', offset: at, end: next };
      at = next;
    }
  }
}

/** The whole frame that begins at `offset`, if one does. */
function frameAt(window: Window, offset: number): WalkedFrame | undefined {
  const head = readHead(window.bytes(offset, frameHeadBytes));
  if (!head) return undefined;
  const bytes = window.bytes(offset, frameHeadBytes + head.bodyBytes);
  if (!isWhole(bytes, 0, head, window.store.seed, offset)) return undefined;
  const read = (): unknown => {
    try {
      return unpack(bodyOf(bytes, 0, head));
    } catch {
      return undefined;
    }
  };
  return { type: head.type, offset, end: offset + bytes.length, read };
}

function findFrame(window: Window, from: number, checkedMax: number): number | undefined {
  let checked = 0;
  for (let start = from; start < window.end;) {
    const length = Math.min(windowBytes, window.end - start);
    // A copy: a frame that is looked at moves the window.
    const bytes = Buffer.from(window.bytes(start, length));
    for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + 1)) {
      const offset = start + at - markerAt;
      if (offset < from) continue;
      checked += readHead(window.bytes(offset, frameHeadBytes))?.bodyBytes ?? 0;
      if (checked > checkedMax) return undefined;
      if (frameAt(window, offset)) return offset;
    }
    if (length <= marker.length) return undefined;
    start += length - marker.length + 1;
  }
  return undefined;
}

/** Reads ahead, so that small frames don't cost a call of the system each. */
class Window {
  readonly store: FrameStore;
  readonly end: number;
  #start = 0;
  #held: Uint8Array = new Uint8Array(0);

  constructor(store: FrameStore, end: number) {
    this.store = store;
    this.end = Math.min(end, store.end);
  }

  /** Fewer than `length` at the end. */
  bytes(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.end);
    if (offset >= end) return new Uint8Array(0);
    if (offset < this.#start || end > this.#start + this.#held.length) {
      this.#start = offset;
      this.#held = this.store.read(offset, Math.min(Math.max(length, windowBytes), this.end - offset));
    }
    return this.#held.subarray(offset - this.#start, end - this.#start);
  }
}
