/**
 * The write-ahead log's end: each flush is one write and one fdatasync behind the last record, in the last segment or,
 * when that is full, in a new one. Also the way to any segment for reading.
 */
import { assert } from '../../shared/assert.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files } from '../ports.ts';
import { encodeRecord, recordBytes } from './record.ts';
import type { DiskRecord } from './record.ts';
import type { LastSegment } from './recovery.ts';
import type { LogState } from './log-state.ts';
import { createSegment, segmentName, segmentSeed, segmentStart } from './segment.ts';

/**
 * A segment is filled with zeros this far ahead of its records: an fdatasync that changes neither the file's length nor
 * its blocks is up to twice as fast. Bytes.
 */
const zerosAheadBytes = 1024 * 1024;
const zeros = new Uint8Array(zerosAheadBytes);
/** A larger flush gets a buffer of its own. Bytes. */
const flushBufferBytes = 256 * 1024;
/** Earlier segments kept open for reading. */
const readHandlesMax = 8;
/** Offsets are u32 on disk and in the index. */
const offsetMax = 0xff_ff_ff_ff;

/** Where a flush put its records: one behind the other, in order. */
export interface FlushPlace {
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
}

export class Wal {
  readonly #files: Files;
  readonly #storageId: StorageId;
  readonly #segmentBytesMax: number;
  readonly #flushBuffer = new Uint8Array(flushBufferBytes);
  readonly #readHandles = new Map<number, FileHandle>();
  #segment: number;
  #handle: FileHandle;
  #end: number;
  /** The file has this many bytes, zeros at its end. */
  #fileBytes: number;
  #seed: number;

  constructor(files: Files, storageId: StorageId, last: LastSegment, segmentBytesMax: number) {
    this.#files = files;
    this.#storageId = storageId;
    this.#segmentBytesMax = segmentBytesMax;
    this.#segment = last.segment;
    this.#handle = last.handle;
    this.#end = last.end;
    this.#fileBytes = last.handle.size();
    this.#seed = segmentSeed(storageId, last.segment);
  }

  /** The segment that the latest flush went to. */
  get segment(): number {
    return this.#segment;
  }

  /**
   * Appends the records, durably when it returns. `state` is the log before them.
   * @throws whatever the files throw; what is on disk is unknown then, and this object must not be used for writing again.
   */
  flush(records: readonly DiskRecord[], state: LogState): FlushPlace {
    let bytes = 0;
    for (const record of records) bytes += recordBytes(record);
    if (this.#end > segmentStart && this.#end + bytes > this.#segmentBytesMax) this.#roll(state);
    const offset = this.#end;
    assert(offset + bytes <= offsetMax, `a flush of ${bytes} bytes does not fit one segment`);
    this.#handle.write(this.#encode(records, bytes, offset), offset);
    this.#fillAhead(offset + bytes);
    this.#handle.dataSync();
    this.#end = offset + bytes;
    return { segment: this.#segment, offset, bytes };
  }

  /** An open file of a segment that exists; it stays the log's. */
  handleOf(segment: number): FileHandle {
    if (segment === this.#segment) return this.#handle;
    const held = this.#readHandles.get(segment);
    if (held) return held;
    const handle = this.#files.open(segmentName(segment), 'read');
    this.#keepForReading(segment, handle);
    return handle;
  }

  close(): void {
    for (const handle of [this.#handle, ...this.#readHandles.values()]) handle.close();
    this.#readHandles.clear();
  }

  #encode(records: readonly DiskRecord[], length: number, flushOffset: number): Uint8Array {
    const bytes = length <= this.#flushBuffer.length ? this.#flushBuffer.subarray(0, length) : new Uint8Array(length);
    let at = 0;
    for (const record of records) {
      at = encodeRecord(bytes, at, record, { seed: this.#seed, offset: flushOffset + at }, flushOffset);
    }
    return bytes;
  }

  /** Writes zeros behind `end` up to the next multiple of `zerosAheadBytes` when the file ends before `end`. */
  #fillAhead(end: number): void {
    if (end <= this.#fileBytes) return;
    const aheadEnd = Math.ceil(end / zerosAheadBytes) * zerosAheadBytes;
    const fileBytes = Math.max(end, Math.min(aheadEnd, this.#segmentBytesMax));
    if (fileBytes > end) this.#handle.write(zeros.subarray(0, fileBytes - end), end);
    this.#fileBytes = fileBytes;
  }

  #roll(state: LogState): void {
    const header = {
      storageId: this.#storageId,
      segment: this.#segment + 1,
      previousSegmentBytes: this.#end,
      lastIndex: state.index.lastIndex,
      lastTerm: state.termRuns.lastTerm,
      hardState: state.hardState,
    };
    const handle = createSegment(this.#files, header);
    this.#keepForReading(this.#segment, this.#handle);
    this.#segment = header.segment;
    this.#handle = handle;
    this.#end = segmentStart;
    this.#fileBytes = segmentStart;
    this.#seed = segmentSeed(this.#storageId, header.segment);
  }

  #keepForReading(segment: number, handle: FileHandle): void {
    const [oldest] = this.#readHandles;
    if (oldest && this.#readHandles.size >= readHandlesMax) {
      oldest[1].close();
      this.#readHandles.delete(oldest[0]);
    }
    this.#readHandles.set(segment, handle);
  }
}
