/**
 * Reads a file of any size through one buffer, so that opening a large log needs little memory.
 */
import type { FileHandle } from '../ports.ts';

const windowBytes = 1024 * 1024;

export class ByteWindow {
  readonly #handle: FileHandle;
  readonly size: number;
  #buffer: Uint8Array;
  #start = 0;
  #filled = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
    this.size = handle.size();
    this.#buffer = new Uint8Array(Math.min(windowBytes, this.size));
  }

  /** A view of `length` bytes at `offset`, fewer at the end of the file; good until the next call. */
  bytes(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return this.#buffer.subarray(0, 0);
    if (offset < this.#start || end > this.#start + this.#filled) this.#fill(offset, end - offset);
    const available = Math.min(end, this.#start + this.#filled);
    return this.#buffer.subarray(offset - this.#start, Math.max(available, offset) - this.#start);
  }

  #fill(offset: number, length: number): void {
    if (length > this.#buffer.length) this.#buffer = new Uint8Array(length);
    this.#start = offset;
    this.#filled = this.#handle.read(
      this.#buffer.subarray(0, Math.min(this.#buffer.length, this.size - offset)),
      offset,
    );
  }

  /** The offset behind the last byte that is not zero; 0 when all are. */
  dataEnd(): number {
    for (let end = this.size; end > 0;) {
      const start = Math.max(0, end - windowBytes);
      const chunk = this.bytes(start, end - start);
      let length = chunk.length;
      while (length > 0 && chunk[length - 1] === 0) length -= 1;
      if (length > 0) return start + length;
      end = start;
    }
    return 0;
  }

  /** Every offset at or behind `from` at which `pattern` begins, ascending. */
  *find(pattern: Uint8Array, from: number): Generator<number> {
    for (let start = from; start < this.size;) {
      // A copy: the caller reads elsewhere between two finds.
      const chunk = Buffer.from(this.bytes(start, windowBytes));
      for (let at = chunk.indexOf(pattern); at >= 0; at = chunk.indexOf(pattern, at + 1)) yield start + at;
      start += Math.max(1, chunk.length - pattern.length + 1);
    }
  }
}
