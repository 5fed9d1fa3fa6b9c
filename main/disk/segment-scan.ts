/**
 * Reads one segment from its first record to its end, and judges how it ends.
 */
import { damaged } from './storage-errors.ts';
import type { ByteWindow } from './byte-window.ts';
import { frameBytes, isWhole, marker, markerAt, readFrame } from './frame.ts';
import { decodeBody } from './record.ts';
import type { DiskRecord } from './record.ts';

/** Where the records end. */
export interface ScanEnd {
  /** Behind the last whole record. */
  readonly end: number;
  /** Where the flush of the last whole record begins: everything before it is known to be durable. */
  readonly flushOffset: number;
}

/**
 * Hands each whole record to `take`, which says why it can't stand there, or undefined. Stops at the first that is not whole.
 * @throws StorageError `damaged` for a whole record that makes no sense.
 */
export function scanRecords(
  window: ByteWindow,
  start: number,
  seed: number,
  path: string,
  take: (record: DiskRecord, offset: number) => string | undefined,
): ScanEnd {
  let end = start;
  let flushOffset = 0;
  for (;;) {
    const frame = readFrame(window.bytes(end, frameBytes));
    if (frame === undefined) return { end, flushOffset };
    const bytes = window.bytes(end, frameBytes + frame.bodyBytes);
    if (!isWhole(bytes, 0, frame, { seed, offset: end })) return { end, flushOffset };
    if (frame.flushOffset !== flushOffset && frame.flushOffset !== end) {
      throw damaged(
        path,
        end,
        `a record of the flush at byte ${frame.flushOffset} stands in the one at ${flushOffset}`,
      );
    }
    const record = decodeBody(bytes, 0, frame);
    if (record === undefined) throw damaged(path, end, `a record of type ${frame.type} makes no sense`);
    const problem = take(record, end);
    if (problem !== undefined) throw damaged(path, end, problem);
    flushOffset = frame.flushOffset;
    end += frameBytes + frame.bodyBytes;
  }
}

/**
 * Where behind `end`, at which no whole record stands, a whole record shows that the bytes at `end` had once been
 * durable: it was written by a later flush, and a flush begins only when the one before it is on disk. Undefined when
 * there is none: then the bytes behind `end` are the torn last flush, whose sectors a power cut may leave in any mix.
 */
export function findProofOfDamage(window: ByteWindow, end: number, seed: number): number | undefined {
  for (const markerOffset of window.find(marker, end + 1 + markerAt)) {
    const offset = markerOffset - markerAt;
    const frame = readFrame(window.bytes(offset, frameBytes));
    if (frame === undefined || frame.flushOffset <= end) continue;
    if (isWhole(window.bytes(offset, frameBytes + frame.bodyBytes), 0, frame, { seed, offset })) return offset;
  }
  return undefined;
}
