/**
 * Bits that flip on the way.
 */
import { drawInteger } from '../../shared/random.ts';

const flipsMax = 8;

/** A copy of `bytes` with one to eight bits flipped. Same seed, same bits. */
export function damageBytes(bytes: Uint8Array, seed: number): Uint8Array {
  // Not `slice`: that of a Buffer shares the memory.
  const damaged = new Uint8Array(bytes);
  if (bytes.length === 0) return damaged;
  const state = { random: seed };
  const flips = drawInteger(state, 1, flipsMax);
  // Different bits, so that no flip takes another one back.
  const bits = new Set<number>();
  for (let flip = 0; flip < flips; flip += 1) bits.add(drawInteger(state, 0, bytes.length * 8 - 1));
  for (const bit of bits) damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return damaged;
}
