/**
 * A whole snapshot, open for reading. Every block that is read is checked on the way.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files } from '../ports.ts';
import { crc32c } from './crc32c.ts';
import { formatVersion, readPreamble } from './preamble.ts';
import {
  blockBytesMax,
  blockCrcBytes,
  blockDataBytesMax,
  decodeSnapshotHeader,
  snapshotFileBytes,
  snapshotHeaderBytes,
} from './snapshot-header.ts';
import type { SnapshotHeader } from './snapshot-header.ts';
import { damaged, writtenByNewerVersion } from './storage-errors.ts';

export class SnapshotReader {
  readonly meta: SnapshotMeta;
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #block: Uint8Array;

  private constructor(path: string, handle: FileHandle, { meta }: SnapshotHeader) {
    this.meta = meta;
    this.#path = path;
    this.#handle = handle;
    this.#block = new Uint8Array(Math.min(blockBytesMax, blockCrcBytes + meta.totalBytes));
  }

  /**
   * Opens the snapshot `name` of the folder `storageId`.
   * @param check reads all of it; not needed for what was just written
   * @throws StorageError when it is damaged, of another folder or of a newer version.
   */
  static open(files: Files, name: string, storageId: StorageId, check: 'check' | 'trust'): SnapshotReader {
    const path = files.pathOf(name);
    const handle = files.open(name, 'read');
    try {
      const header = readHeader(handle, path, storageId);
      const reader = new SnapshotReader(path, handle, header);
      if (check === 'check') reader.#checkBlocks(header.blocksCrc);
      return reader;
    } catch (error) {
      handle.close();
      throw error;
    }
  }

  /** Up to `byteCount` bytes from `offset` on, fewer at the end. The caller's own memory. @throws StorageError. */
  read(offset: number, byteCount: number): Uint8Array {
    const end = Math.min(offset + byteCount, this.meta.totalBytes);
    const data = new Uint8Array(Math.max(0, end - offset));
    for (let at = offset; at < end;) {
      const number = Math.floor(at / blockDataBytesMax);
      const start = at - number * blockDataBytesMax;
      const part = this.#readBlock(number).subarray(start, start + end - at);
      data.set(part, at - offset);
      at += part.length;
    }
    return data;
  }

  close(): void {
    this.#handle.close();
  }

  /** The data of a block; good until the next one is read. */
  #readBlock(number: number): Uint8Array {
    const left = this.meta.totalBytes - number * blockDataBytesMax;
    const block = this.#block.subarray(0, blockCrcBytes + Math.min(left, blockDataBytesMax));
    const at = snapshotHeaderBytes + number * blockBytesMax;
    const filled = this.#handle.read(block, at);
    const stored = new DataView(block.buffer, block.byteOffset, blockCrcBytes).getUint32(0, true);
    if (filled < block.length || stored !== crc32c(block, blockCrcBytes, block.length, number)) {
      throw damaged(this.#path, at, 'a part of the snapshot cannot be read back');
    }
    return block.subarray(blockCrcBytes);
  }

  #checkBlocks(blocksCrc: number): void {
    let crc = 0;
    for (let number = 0; number * blockDataBytesMax < this.meta.totalBytes; number += 1) {
      this.#readBlock(number);
      crc = crc32c(this.#block, 0, blockCrcBytes, crc);
    }
    if (crc !== blocksCrc) throw damaged(this.#path, 0, 'its parts are not those of one snapshot');
  }
}

function readHeader(handle: FileHandle, path: string, storageId: StorageId): SnapshotHeader {
  const bytes = new Uint8Array(snapshotHeaderBytes);
  const filled = handle.read(bytes, 0);
  const version = readPreamble(bytes.subarray(0, filled), 'snapshot');
  if (version === undefined) throw damaged(path, 0, 'it does not begin as a snapshot');
  if (version > formatVersion) throw writtenByNewerVersion(path, version, formatVersion);
  const header = decodeSnapshotHeader(bytes.subarray(0, filled));
  if (!header) throw damaged(path, 0, 'its header is not whole');
  if (header.storageId !== storageId) throw damaged(path, 0, 'it is of another data folder');
  const expected = snapshotFileBytes(header.meta.totalBytes);
  const size = handle.size();
  if (size !== expected) throw damaged(path, Math.min(size, expected), `it has ${size} bytes instead of ${expected}`);
  return header;
}
