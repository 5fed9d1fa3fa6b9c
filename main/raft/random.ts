/**
 * Chance comes in as state: a seed that moves on with each draw (Mulberry32). Same seed, same draws. Not for secrets.
 */

export interface RandomState {
  random: number;
}

/** A whole number in [min, max], both included. Moves `state.random` on. */
export function drawInteger(state: RandomState, min: number, max: number): number {
  state.random = (state.random + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state.random ^ (state.random >>> 15), 1 | state.random);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  return min + Math.floor(unit * (max - min + 1));
}
