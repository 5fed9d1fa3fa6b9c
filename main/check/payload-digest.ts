/**
 * A payload as a number, for the clients' history: equal for equal payloads, different for different ones but for one case in four
 * million billion.
 */
import type { PayloadDigest } from './contract.ts';

/** Stands for a payload that the stream says nothing about. */
export const unknownDigest: PayloadDigest = -1;

/** @returns an integer below 2^52 */
export function payloadDigest(payload: Uint8Array): PayloadDigest {
  const length = payload.byteLength;
  let high = 0x9747b28c ^ length;
  let low = 0x3c6ef372 ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const [first = 0, second = 0, third = 0, fourth = 0] = [
      payload[at],
      payload[at + 1],
      payload[at + 2],
      payload[at + 3],
    ];
    const word = first | (second << 8) | (third << 16) | (fourth << 24);
    high = mix(high, word, 0xcc9e2d51);
    low = mix(low, word, 0x85ebca6b);
  }
  for (; at < length; at++) {
    high = mix(high, payload[at] ?? 0, 0xcc9e2d51);
    low = mix(low, payload[at] ?? 0, 0x85ebca6b);
  }
  return (finish(high) & 0xf_ffff) * 4_294_967_296 + finish(low);
}

/** One round of MurmurHash3, with a factor of its own for each half. */
function mix(digest: number, word: number, factor: number): number {
  let mixed = Math.imul(word, factor);
  mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
  mixed ^= digest;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** Each bit of it depends on all bits of the digest. An unsigned 32-bit integer. */
function finish(digest: number): number {
  let mixed = digest;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
