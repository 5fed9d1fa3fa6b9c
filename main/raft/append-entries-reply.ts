/**
 * The answer to AppendEntries, on the leader's side (Raft §5.3).
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendEntriesReply, InstallSnapshotReply } from '../../shared/raft-message.ts';
import { emit, waive, type StepContext } from './step-context.ts';
import { lastIndexOfTerm } from './log-shape.ts';
import { announceProgress, noteAnswer } from './progress.ts';
import { advanceCommit } from './commit.ts';
import { replicateTo } from './replicate.ts';
import { onProgress } from './membership.ts';
import { confirmReads } from './read-index.ts';
import { sendTimeoutNowIfReady } from './transfer.ts';
import { isRuleOn, type LeaderRole, type Progress } from './state.ts';

export function onAppendEntriesReply(step: StepContext, from: NodeId, reply: AppendEntriesReply): void {
  const role = leaderForAnswer(step, from, reply);
  const progress = role?.progress.get(from);
  if (!role || !progress) return;
  noteAnswer(step, role, progress, reply);
  if (reply.success) accepted(step, from, progress, reply);
  else refused(step, from, progress, reply);
  if (step.state.role !== role) return;
  onProgress(step, role);
  sendTimeoutNowIfReady(step, role);
  confirmReads(step);
}

/** This server's office, if the answer belongs to it; otherwise it is said why the answer is ignored. */
export function leaderForAnswer(
  step: StepContext,
  from: NodeId,
  reply: AppendEntriesReply | InstallSnapshotReply,
): LeaderRole | undefined {
  const { role, term } = step.state;
  const { kind } = reply;
  if (role.name !== 'leader' || !role.progress.has(from)) {
    const reason =
      role.name === 'leader' ? `I do not replicate to node ${from}` : `I am a ${role.name} in term ${term}`;
    emit(step, { type: 'message-ignored', from, kind, term: reply.term, reason });
    return undefined;
  }
  if (reply.term === term) return role;
  const reason = `it answers a call of term ${reply.term}`;
  if (!isRuleOn(step.state, 'stale-term')) {
    waive(step, 'stale-term', reason);
    return role;
  }
  emit(step, { type: 'message-ignored', from, kind, term: reply.term, reason, rule: 'stale-term' });
  return undefined;
}

function accepted(step: StepContext, from: NodeId, progress: Progress, reply: AppendEntriesReply): void {
  const { lastIndex } = step.state.log;
  if (reply.matchIndex > lastIndex) {
    const reason = `it acknowledges entry ${reply.matchIndex}, but my log ends at ${lastIndex}`;
    emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason });
    return;
  }
  progress.inFlight = progress.inFlight.filter((sent) => sent.lastIndex > reply.matchIndex);
  const news = reply.matchIndex > progress.matchIndex;
  if (news) {
    progress.matchIndex = reply.matchIndex;
    progress.nextIndex = Math.max(progress.nextIndex, reply.matchIndex + 1);
  }
  leaveSnapshot(step, progress);
  const wasProbing = progress.mode === 'probe';
  // An answer to an earlier call must not end the present probe: only one that reaches the index in question does.
  if (wasProbing && reply.matchIndex >= progress.nextIndex - 1) stream(progress);
  if (news || wasProbing) {
    announceProgress(step, from, progress, news ? 'it has the entries on disk' : 'the logs agree up to here');
  }
  if (news) advanceCommit(step);
  replicateTo(step, from);
}

/** The logs agree: from now on it sends ahead. A probe that is still under way is sent again; lost, it would fill the window for ever. */
function stream(progress: Progress): void {
  progress.mode = 'replicate';
  progress.inFlight = [];
}

/** It has reached what the log still holds, by whatever way: no snapshot is needed any more. */
function leaveSnapshot({ state }: StepContext, progress: Progress): void {
  if (progress.mode !== 'snapshot' || progress.matchIndex < state.log.base.index) return;
  progress.mode = 'probe';
  progress.snapshot = null;
  progress.nextIndex = progress.matchIndex + 1;
}

function refused(step: StepContext, from: NodeId, progress: Progress, reply: AppendEntriesReply): void {
  // A log can't have ended before what it has acknowledged. A conflicting term may well begin there, and conflict behind it.
  const endedBefore = reply.conflictTerm === 0 && reply.conflictIndex <= progress.matchIndex;
  const stale = reply.round <= progress.refusedRound || endedBefore;
  if (stale) {
    emit(step, {
      type: 'message-ignored',
      from,
      kind: reply.kind,
      term: reply.term,
      reason: 'a late refusal; I have gone back already',
    });
    return;
  }
  // Everything that is under way was sent on the same wrong guess; its refusals say nothing new.
  progress.refusedRound = step.state.nextRound - 1;
  progress.mode = 'probe';
  progress.snapshot = null;
  progress.inFlight = [];
  // A refusal always brings nextIndex down, whatever it says, so that probing ends.
  progress.nextIndex = Math.max(progress.matchIndex + 1, Math.min(resumeAt(step, reply), progress.nextIndex - 1));
  announceProgress(
    step,
    from,
    progress,
    reply.conflictTerm === 0
      ? `its log ends at ${reply.conflictIndex - 1}`
      : `it has term ${reply.conflictTerm} from ${reply.conflictIndex} on`,
  );
  replicateTo(step, from);
}

/**
 * Raft §5.3, last paragraphs, and both sides of it: if this leader has entries of the conflicting term, the logs can
 * agree up to its last one; otherwise the follower's whole term goes.
 */
function resumeAt(step: StepContext, reply: AppendEntriesReply): number {
  const lastOfTerm = reply.conflictTerm === 0 ? 0 : lastIndexOfTerm(step.state.log, reply.conflictTerm);
  return lastOfTerm >= reply.conflictIndex ? lastOfTerm + 1 : reply.conflictIndex;
}
