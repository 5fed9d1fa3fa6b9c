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
  /** `entryBytes` of the entry. */
  readonly entryBytes: number;
}

const columns = 4;
const cellsMin = 1024 * columns;

export class EntryIndex {
  #cells = new Uint32Array(cellsMin);
  #baseIndex: number;
  #lastIndex: number;

  /** `baseIndex`: of the entry before the first. */
  constructor(baseIndex = 0) {
    this.#baseIndex = baseIndex;
    this.#lastIndex = baseIndex;
  }

  /** That of the base for an empty log. */
  get lastIndex(): number {
    return this.#lastIndex;
  }

  /** The location of entry `lastIndex + 1`; see `EntryLocation`. */
  append(segment: number, offset: number, recordBytes: number, entryBytes: number): void {
    const at = (this.#lastIndex - this.#baseIndex) * columns;
    if (at === this.#cells.length) this.#resize(this.#cells.length * 2, this.#cells);
    const cells = this.#cells;
    cells[at] = segment;
    cells[at + 1] = offset;
    cells[at + 2] = recordBytes;
    cells[at + 3] = entryBytes;
    this.#lastIndex += 1;
  }

  /** Forgets `fromIndex` and everything behind it. */
  truncate(fromIndex: number): void {
    this.#lastIndex = Math.min(this.#lastIndex, fromIndex - 1);
  }

  /** Forgets everything up to `index`. */
  dropUpTo(index: number): void {
    const kept = this.#cells.subarray(
      (index - this.#baseIndex) * columns,
      (this.#lastIndex - this.#baseIndex) * columns,
    );
    let length = cellsMin;
    while (length < kept.length) length *= 2;
    this.#resize(length, kept);
    this.#baseIndex = index;
  }

  /** Forgets everything: the log goes on behind `baseIndex`. */
  restart(baseIndex: number): void {
    this.#cells = new Uint32Array(cellsMin);
    this.#baseIndex = baseIndex;
    this.#lastIndex = baseIndex;
  }

  /** The location of an entry that the log holds. */
  at(index: number): EntryLocation {
    assert(
      index > this.#baseIndex && index <= this.#lastIndex,
      `entry ${index} is not in the index, which has ${this.#baseIndex + 1} to ${this.#lastIndex}`,
    );
    const at = (index - this.#baseIndex - 1) * columns;
    const [segment = 0, offset = 0, recordBytes = 0, entryBytes = 0] = this.#cells.subarray(at, at + columns);
    return { segment, offset, recordBytes, entryBytes };
  }

  #resize(length: number, content: Uint32Array): void {
    const cells = new Uint32Array(length);
    cells.set(content);
    this.#cells = cells;
  }
}
