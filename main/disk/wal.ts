/**
 * The write-ahead log's end: each flush is one write and one fdatasync behind the last record, in the last segment or,
 * when that is full, in a new one. Also the way to any segment for reading.
 */
import { assert } from '../../shared/assert.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files, HardState } from '../ports.ts';
import { formatVersion } from './preamble.ts';
import { encodeRecord, recordBytes, recordTarget } from './record.ts';
import type { DiskRecord, SegmentHeader } from './record.ts';
import type { LogState } from './log-state.ts';
import { createSegment, segmentName, segmentSeed, segmentStart } from './segment.ts';
import type { LogPosition } from './term-runs.ts';

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

/** The segment that takes the next flush, open for reading and writing. */
export interface LastSegment {
  readonly segment: number;
  readonly handle: FileHandle;
  /** Behind its last record. */
  readonly end: number;
  /** The format that its preamble names. */
  readonly version: number;
}

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
  readonly #flushTarget = recordTarget(new Uint8Array(flushBufferBytes));
  readonly #readHandles = new Map<number, FileHandle>();
  #segment: number;
  #handle: FileHandle;
  #end: number;
  /** The file has this many bytes, zeros at its end. */
  #fileBytes: number;
  #seed: number;
  /** The segment was begun by an earlier version, which must not meet records there that it does not know. */
  #isOfEarlierVersion: boolean;

  constructor(files: Files, storageId: StorageId, last: LastSegment, segmentBytesMax: number) {
    this.#files = files;
    this.#storageId = storageId;
    this.#segmentBytesMax = segmentBytesMax;
    this.#segment = last.segment;
    this.#handle = last.handle;
    this.#end = last.end;
    this.#fileBytes = last.handle.size();
    this.#seed = segmentSeed(storageId, last.segment);
    this.#isOfEarlierVersion = last.version < formatVersion;
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
    const isFull = this.#end > segmentStart && this.#end + bytes > this.#segmentBytesMax;
    if (isFull || this.#isOfEarlierVersion) this.#roll(state);
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

  /**
   * Goes on in a segment with which the log begins anew, behind `base`: durable when it returns, and from then on no
   * earlier segment counts.
   */
  restart(base: LogPosition, hardState: HardState): void {
    this.#begin(0, base, hardState);
  }

  /** Segments that will be removed: their files are closed. */
  forget(segments: readonly number[]): void {
    for (const segment of segments) {
      this.#readHandles.get(segment)?.close();
      this.#readHandles.delete(segment);
    }
  }

  close(): void {
    for (const handle of [this.#handle, ...this.#readHandles.values()]) handle.close();
    this.#readHandles.clear();
  }

  #encode(records: readonly DiskRecord[], length: number, flushOffset: number): Uint8Array {
    const fits = length <= flushBufferBytes;
    const target = fits ? this.#flushTarget : recordTarget(new Uint8Array(length));
    let at = 0;
    for (const record of records)
      at = encodeRecord(target, at, record, { seed: this.#seed, offset: flushOffset + at }, flushOffset);
    return target.bytes.subarray(0, length);
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
    this.#begin(this.#end, state.last, state.hardState);
    state.beginSegment(this.#segment);
  }

  /** Goes on in a new segment, which is durable. */
  #begin(previousSegmentBytes: number, { index: lastIndex, term: lastTerm }: LogPosition, hardState: HardState): void {
    const segment = this.#segment + 1;
    const header: SegmentHeader = {
      storageId: this.#storageId,
      segment,
      previousSegmentBytes,
      lastIndex,
      lastTerm,
      hardState,
    };
    const handle = createSegment(this.#files, header);
    this.#keepForReading(this.#segment, this.#handle);
    this.#segment = segment;
    this.#handle = handle;
    this.#end = segmentStart;
    this.#fileBytes = segmentStart;
    this.#seed = segmentSeed(this.#storageId, segment);
    this.#isOfEarlierVersion = false;
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
