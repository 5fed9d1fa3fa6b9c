/**
 * Writes a snapshot aside, piece by piece. The header comes last: a file without one is no snapshot.
 */
import { assert } from '../../shared/assert.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files } from '../ports.ts';
import { crc32c } from './crc32c.ts';
import {
  blockBytesMax,
  blockCrcBytes,
  blockDataBytesMax,
  encodeSnapshotHeader,
  snapshotHeaderBytes,
} from './snapshot-header.ts';

export class SnapshotWriter {
  readonly name: string;
  readonly #storageId: StorageId;
  readonly #handle: FileHandle;
  /** The block that is being filled, its CRC in front. */
  readonly #block = new Uint8Array(blockBytesMax);
  #blockFilled = 0;
  #blocks = 0;
  #blocksCrc = 0;
  #bytes = 0;

  /** Begins the file `name`, which must not be there. */
  constructor(files: Files, name: string, storageId: StorageId) {
    this.name = name;
    this.#storageId = storageId;
    this.#handle = files.open(name, 'create-new');
  }

  /** The data so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds `data` behind what is there. It is copied. */
  append(data: Uint8Array): void {
    for (let taken = 0; taken < data.length;) {
      const part = data.subarray(taken, taken + blockDataBytesMax - this.#blockFilled);
      this.#block.set(part, blockCrcBytes + this.#blockFilled);
      this.#blockFilled += part.length;
      taken += part.length;
      if (this.#blockFilled === blockDataBytesMax) this.#writeBlock();
    }
    this.#bytes += data.length;
  }

  /** Completes the file and makes its content durable; its name is not yet. The file is closed, come what may. */
  finish(meta: SnapshotMeta): void {
    assert(meta.totalBytes === this.#bytes, `a snapshot of ${meta.totalBytes} bytes has ${this.#bytes}`);
    try {
      if (this.#blockFilled > 0) this.#writeBlock();
      const header = { storageId: this.#storageId, meta, blocksCrc: this.#blocksCrc };
      this.#handle.write(encodeSnapshotHeader(header), 0);
      this.#handle.dataSync();
    } finally {
      this.#handle.close();
    }
  }

  /** Gives it up; the file stays. */
  abandon(): void {
    this.#handle.close();
  }

  #writeBlock(): void {
    const length = blockCrcBytes + this.#blockFilled;
    const crc = crc32c(this.#block, blockCrcBytes, length, this.#blocks);
    new DataView(this.#block.buffer).setUint32(0, crc, true);
    this.#blocksCrc = crc32c(this.#block, 0, blockCrcBytes, this.#blocksCrc);
    this.#handle.write(this.#block.subarray(0, length), snapshotHeaderBytes + this.#blocks * blockBytesMax);
    this.#blocks += 1;
    this.#blockFilled = 0;
  }
}
