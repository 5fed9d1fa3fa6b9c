/**
 * Where each durable entry lies: sixteen bytes an entry, whatever its size.
 */
import { assert } from '../../shared/assert.ts';

export interface EntryLocation {
  readonly segment: number;
  /** Of the record's frame in its file. */
  readonly offset: number;
  /** Frame, fields and payload. */
  readonly recordBytes: number;
  readonly payloadBytes: number;
}

const columns = 4;

export class EntryIndex {
  #cells = new Uint32Array(1024 * columns);
  #lastIndex = 0;

  /** 0 for an empty log. */
  get lastIndex(): number {
    return this.#lastIndex;
  }

  /** The location of entry `lastIndex + 1`. */
  append(location: EntryLocation): void {
    const at = this.#lastIndex * columns;
    if (at === this.#cells.length) {
      const wider = new Uint32Array(this.#cells.length * 2);
      wider.set(this.#cells);
      this.#cells = wider;
    }
    this.#cells[at] = location.segment;
    this.#cells[at + 1] = location.offset;
    this.#cells[at + 2] = location.recordBytes;
    this.#cells[at + 3] = location.payloadBytes;
    this.#lastIndex += 1;
  }

  /** Forgets `fromIndex` and everything behind it. */
  truncate(fromIndex: number): void {
    this.#lastIndex = Math.min(this.#lastIndex, fromIndex - 1);
  }

  /** The location of an entry from 1 to `lastIndex`. */
  at(index: number): EntryLocation {
    assert(
      index >= 1 && index <= this.#lastIndex,
      `entry ${index} is not in the index, which ends at ${this.#lastIndex}`,
    );
    const at = (index - 1) * columns;
    const [segment = 0, offset = 0, recordBytes = 0, payloadBytes = 0] = this.#cells.subarray(at, at + columns);
    return { segment, offset, recordBytes, payloadBytes };
  }
}
