/**
 * Sizes that the way between servers sets.
 */
import { limits } from '../../shared/cluster-config.ts';

/** How much goes into one message and on its way at once. */
export interface Tuning {
  readonly appendEntriesBytesMax: number;
  readonly appendEntriesCountMax: number;
  readonly inFlightMessagesMax: number;
  readonly inFlightBytesMax: number;
  readonly snapshotChunkBytesMax: number;
}

export const defaultTuning: Tuning = {
  appendEntriesBytesMax: limits.appendEntriesBytesMax,
  appendEntriesCountMax: limits.appendEntriesCountMax,
  inFlightMessagesMax: limits.inFlightMessagesMax,
  inFlightBytesMax: limits.inFlightBytesMax,
  snapshotChunkBytesMax: limits.snapshotChunkBytesMax,
};
