/**
 * Majorities (Raft §5.2: "votes from a majority of the servers in the full cluster").
 */
import type { NodeId } from '../../shared/ids.ts';

/** How many of `voters` servers make a majority. */
export function majorityOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** True when the distinct voters among `granted` are a majority of `voters`. */
export function hasMajority(voters: readonly NodeId[], granted: readonly NodeId[]): boolean {
  return voters.filter((voter) => granted.includes(voter)).length >= majorityOf(voters.length);
}

/** The largest value that a majority has reached: each voter's `valueOf`, sorted, the middle one from above. */
export function majorityValue(voters: readonly NodeId[], valueOf: (voter: NodeId) => number): number {
  const values = voters.map(valueOf).toSorted((left, right) => right - left);
  return values[majorityOf(voters.length) - 1] ?? 0;
}
