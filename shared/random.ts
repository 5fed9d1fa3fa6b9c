/**
 * Chance comes in as state: a seed that moves on with each draw (Mulberry32). Same seed, same draws. Not for secrets.
 */

export interface RandomState {
  random: number;
}

const unitSteps = 4_294_967_296;

/** A number from 0 to below 1. Moves `state.random` on. */
export function drawUnit(state: RandomState): number {
  state.random = (state.random + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state.random ^ (state.random >>> 15), 1 | state.random);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / unitSteps;
}

/** A whole number in [min, max], both included. Moves `state.random` on. */
export function drawInteger(state: RandomState, min: number, max: number): number {
  return min + Math.floor(drawUnit(state) * (max - min + 1));
}

/** True in `percent` of all draws: never for 0, always for 100. Moves `state.random` on. */
export function drawPercent(state: RandomState, percent: number): boolean {
  return drawUnit(state) * 100 < percent;
}

/**
 * A seed of its own for each name, so that what one part of a run draws does not shift what the others draw: FNV-1a over
 * the name, from a beginning that neighbouring seeds don't share.
 */
export function seedFor(seed: number, name: string): number {
  let hash = spread(seed);
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return spread(hash);
}

/** Each bit of the seed changes about half of the bits (the finalizer of MurmurHash3). */
function spread(value: number): number {
  let mixed = value ^ 0x2545f491;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
