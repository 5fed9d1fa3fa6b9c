/**
 * The leader's side of InstallSnapshot (Raft §7): for a follower that needs entries which the log does not hold any more.
 * One chunk at a time; the follower says where to go on, so a transfer goes on after losses, and after a change of leader
 * from what the follower has already.
 */
import type { NodeId } from '../../shared/ids.ts';
import { required } from '../../shared/assert.ts';
import { noteSent } from './lease.ts';
import { announceProgress, isAnswering, leaderOf } from './progress.ts';
import { takeRound, type Progress } from './state.ts';
import { emit, sendNow, type StepContext } from './step-context.ts';

/** Sends the next chunk, unless one is unanswered. Begins with the latest snapshot when there is another one by now. */
export function sendChunk(step: StepContext, follower: NodeId, progress: Progress): void {
  const { state } = step;
  const snapshot = required(state.snapshot, 'a log is compacted only up to a snapshot');
  const { lastIncludedIndex, lastIncludedTerm, totalBytes } = snapshot;
  if (progress.snapshot?.lastIncludedIndex !== lastIncludedIndex) {
    progress.mode = 'snapshot';
    progress.inFlight = [];
    progress.snapshot = { lastIncludedIndex, lastIncludedTerm, offset: 0, round: 0 };
    announceProgress(
      step,
      follower,
      progress,
      `it needs entry ${progress.nextIndex}, and my log begins behind ${state.log.base.index}`,
    );
  }
  const { snapshot: transfer } = progress;
  if (transfer.round !== 0) return;
  transfer.round = takeRound(state);
  noteSent(step, leaderOf(step), transfer.round);
  const { offset } = transfer;
  const byteCount = Math.min(state.tuning.snapshotChunkBytesMax, totalBytes - offset);
  const { term, id: leaderId } = state;
  sendNow(step, follower, {
    kind: 'install-snapshot',
    term,
    round: transfer.round,
    leaderId,
    ...snapshot,
    offset,
    byteCount,
  });
  const reason = `bytes ${offset} to ${offset + byteCount} of ${totalBytes}`;
  emit(step, { type: 'snapshot-sending', follower, lastIncludedIndex, offset, totalBytes, reason });
}

/**
 * A chunk that was not answered until the next heartbeat is taken for lost. A follower that answers nothing gets no more
 * of them: its answer to a heartbeat brings the next.
 */
export function resendChunk(step: StepContext, follower: NodeId, progress: Progress): void {
  if (!progress.snapshot) return;
  progress.snapshot.round = 0;
  if (isAnswering(step.state, progress, step.nowNs)) sendChunk(step, follower, progress);
}
