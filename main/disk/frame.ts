/**
 * The frame around each record: what tells a whole record from a torn, damaged or misplaced one.
 *
 *     0  u32  CRC-32C of bytes 4 … end, begun with the record's place (see `Place`)
 *     4  u32  body length, bytes
 *     8  u32  flush offset: where in the file the flush that wrote this record begins
 *     12 u8   record type
 *     13 3 B  marker, to find records behind a damaged one
 *     16 …    body
 */
import { crc32cOf } from './crc32c.ts';

export const frameBytes = 16;
/** A longer body is not believed. Far above any entry. */
export const bodyBytesMax = 64 * 1024 * 1024;

/** Bytes 13 to 15 of every frame. */
export const marker = Uint8Array.of(0x52, 0xac, 0x7e);
export const markerAt = 13;
const markerBits = 0x7eac52;

/** Where a record stands. The CRC begins with `seed ^ offset`: a whole record at another place or of another file is not valid. */
export interface Place {
  /** Of the file: see `segmentSeed`. */
  readonly seed: number;
  /** Of the frame's first byte in the file. */
  readonly offset: number;
}

export interface Frame {
  readonly type: number;
  readonly bodyBytes: number;
  /** Everything before this offset was durable when the record was written. */
  readonly flushOffset: number;
}

/** Completes the frame whose body already stands at `at + frameBytes`. @param view over the bytes that `at` counts in */
export function sealFrame(view: DataView, at: number, place: Place, frame: Frame): void {
  view.setUint32(at + 4, frame.bodyBytes, true);
  view.setUint32(at + 8, frame.flushOffset, true);
  view.setUint32(at + 12, (markerBits << 8) | frame.type, true);
  view.setUint32(at, checksum(view, at, frame.bodyBytes, place), true);
}

/** The frame that `bytes` at `at` claim to be; undefined when they can't be one. The body is not looked at. */
export function readFrame(bytes: Uint8Array, at = 0): Frame | undefined {
  if (bytes.length < at + frameBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, frameBytes);
  const typeAndMarker = view.getUint32(12, true);
  const bodyBytes = view.getUint32(4, true);
  if (typeAndMarker >>> 8 !== markerBits || bodyBytes > bodyBytesMax) return undefined;
  return { type: typeAndMarker & 0xff, bodyBytes, flushOffset: view.getUint32(8, true) };
}

/** True when the frame at `at` in `bytes`, with its body, is what was written at `place`. */
export function isWhole(bytes: Uint8Array, at: number, frame: Frame, place: Place): boolean {
  if (bytes.length < at + frameBytes + frame.bodyBytes || frame.flushOffset > place.offset) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(at, true) === checksum(view, at, frame.bodyBytes, place);
}

function checksum(view: DataView, at: number, bodyBytes: number, place: Place): number {
  return crc32cOf(view, at + 4, at + frameBytes + bodyBytes, (place.seed ^ place.offset) >>> 0);
}
