/**
 * The frame around everything in a session file behind its preamble.
 *
 *     0  u32  CRC-32C of bytes 4 … end, begun with the file's seed XOR the frame's offset in the file (its lower 32 bits)
 *     4  u32  body length, bytes
 *     8  u32  length of the inflated body, bytes; 0: the body is not compressed
 *     12 u8   type
 *     13 3 B  marker, to find frames behind a damaged one
 *     16 …    body: MessagePack, deflated (raw) where that makes it smaller
 */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { crc32c } from '../disk/crc32c.ts';
import { pack } from './pack.ts';

export const frameHeadBytes = 16;
/** A longer body is not believed, and one that inflates to more is not inflated. */
export const bodyBytesMax = 64 * 1024 * 1024;

/** Bytes 13 to 15 of every frame. */
export const marker = Uint8Array.of(0x52, 0xac, 0x5e);
export const markerAt = 13;
const markerBits = 0x5eac52;

export const frameTypes = { header: 1, keyframe: 2, events: 3, chunk: 4, index: 5, end: 6 } as const;
export type FrameType = (typeof frameTypes)[keyof typeof frameTypes];

/** Types from here on must be understood; who does not know one can't read the file. Unknown ones below are passed over. */
export const essentialTypes = 128;

/** Smaller bodies are not worth it. */
const deflateFrom = 256;

export interface FrameHead {
  readonly type: number;
  readonly bodyBytes: number;
  readonly inflatedBytes: number;
}

/** A frame that can stand anywhere: `placeFrame` completes it. */
export function encodeFrame(type: FrameType, value: unknown): Uint8Array<ArrayBuffer> {
  const plain = pack(value);
  const deflated = plain.length >= deflateFrom ? deflateRawSync(plain, { level: constants.Z_BEST_SPEED }) : plain;
  const isSmaller = deflated.length < plain.length;
  const body = isSmaller ? deflated : plain;
  const bytes = new Uint8Array(frameHeadBytes + body.length);
  bytes.set(body, frameHeadBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, body.length, true);
  view.setUint32(8, isSmaller ? plain.length : 0, true);
  view.setUint32(12, ((markerBits << 8) | type) >>> 0, true);
  return bytes;
}

/** Writes the checksum of the frame `bytes` for its place in a file. */
export function placeFrame(bytes: Uint8Array, seed: number, offset: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(0, crc32c(bytes, 4, bytes.length, begin(seed, offset)), true);
}

/** The frame that `bytes` at `at` claim to be; undefined when they can't be one. The body is not looked at. */
export function readHead(bytes: Uint8Array, at = 0): FrameHead | undefined {
  if (bytes.length < at + frameHeadBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, frameHeadBytes);
  const typeAndMarker = view.getUint32(12, true);
  const bodyBytes = view.getUint32(4, true);
  const inflatedBytes = view.getUint32(8, true);
  if (typeAndMarker >>> 8 !== markerBits || bodyBytes > bodyBytesMax || inflatedBytes > bodyBytesMax) return undefined;
  return { type: typeAndMarker & 0xff, bodyBytes, inflatedBytes };
}

/** True when the frame at `at` in `bytes`, with its body, is what was written at `offset` of the file with `seed`. */
export function isWhole(bytes: Uint8Array, at: number, head: FrameHead, seed: number, offset: number): boolean {
  const end = at + frameHeadBytes + head.bodyBytes;
  if (bytes.length < end) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 4);
  return view.getUint32(0, true) === crc32c(bytes, at + 4, end, begin(seed, offset));
}

/** The body of the frame at `at`, as it was packed. Throws when it can't be inflated. */
export function bodyOf(bytes: Uint8Array, at: number, head: FrameHead): Uint8Array {
  const start = at + frameHeadBytes;
  const body = bytes.subarray(start, start + head.bodyBytes);
  if (head.inflatedBytes === 0) return body;
  return inflateRawSync(body, { maxOutputLength: head.inflatedBytes });
}

function begin(seed: number, offset: number): number {
  return (seed ^ (offset % 2 ** 32)) >>> 0;
}
