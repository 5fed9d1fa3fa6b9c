/**
 * The answer to InstallSnapshot, on the leader's side (Raft §7).
 */
import type { NodeId } from '../../shared/ids.ts';
import type { InstallSnapshotReply } from '../../shared/raft-message.ts';
import { leaderForAnswer } from './append-entries-reply.ts';
import { onProgress } from './membership.ts';
import { announceProgress, noteAnswer } from './progress.ts';
import { confirmReads } from './read-index.ts';
import { replicateTo } from './replicate.ts';
import { sendChunk } from './send-snapshot.ts';
import type { Progress } from './state.ts';
import { emit, type StepContext } from './step-context.ts';
import { sendTimeoutNowIfReady } from './transfer.ts';

export function onInstallSnapshotReply(step: StepContext, from: NodeId, reply: InstallSnapshotReply): void {
  const role = leaderForAnswer(step, from, reply);
  const progress = role?.progress.get(from);
  if (!role || !progress) return;
  noteAnswer(step, role, progress, reply);
  takeAnswer(step, from, progress, reply);
  onProgress(step, role);
  sendTimeoutNowIfReady(step, role);
  confirmReads(step);
}

function takeAnswer(step: StepContext, from: NodeId, progress: Progress, reply: InstallSnapshotReply): void {
  const { snapshot: transfer } = progress;
  const { lastIncludedIndex, lastIncludedTerm } = reply;
  const isOfIt = transfer?.lastIncludedIndex === lastIncludedIndex && transfer.lastIncludedTerm === lastIncludedTerm;
  if (reply.installed && isOfIt) return installed(step, from, progress, lastIncludedIndex);
  // An answer to an earlier chunk counts only if it brings the transfer on: on a slow link answers cross repeated chunks.
  if (!isOfIt || (reply.round !== transfer.round && reply.nextOffset <= transfer.offset)) {
    const reason = 'it answers a chunk that I do not wait for any more';
    return emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason });
  }
  transfer.offset = Math.min(reply.nextOffset, step.state.snapshot?.totalBytes ?? 0);
  transfer.round = 0;
  sendChunk(step, from, progress);
}

function installed(step: StepContext, from: NodeId, progress: Progress, lastIncludedIndex: number): void {
  progress.mode = 'probe';
  progress.snapshot = null;
  progress.matchIndex = Math.max(progress.matchIndex, lastIncludedIndex);
  progress.nextIndex = progress.matchIndex + 1;
  announceProgress(step, from, progress, `it has the snapshot up to ${lastIncludedIndex} on disk`);
  replicateTo(step, from);
}
