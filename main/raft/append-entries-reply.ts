/**
 * The answer to AppendEntries, on the leader's side (Raft §5.3).
 */
import type { NodeId } from '../../shared/ids.ts';
import type { AppendEntriesReply } from '../../shared/raft-message.ts';
import { emit, type StepContext } from './step-context.ts';
import { lastIndexOfTerm } from './log-shape.ts';
import { advanceCommit, replicateTo } from './replicate.ts';
import { confirmReads } from './read-index.ts';
import type { Progress } from './state.ts';

export function onAppendEntriesReply(step: StepContext, from: NodeId, reply: AppendEntriesReply): void {
  const { role, term } = step.state;
  const progress = role.name === 'leader' && reply.term === term ? role.progress.get(from) : undefined;
  if (!progress) {
    const reason =
      role.name === 'leader' ? `it answers a call of term ${reply.term}` : `I am a ${role.name} in term ${term}`;
    emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason, rule: 'stale-term' });
    return;
  }
  // In whatever way it answered: at the time of that call it took this server for the leader of the term.
  progress.answeredNs = step.nowNs;
  progress.answeredRound = Math.max(progress.answeredRound, reply.round);
  if (reply.success) accepted(step, from, progress, reply);
  else refused(step, from, progress, reply);
  confirmReads(step);
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
  const wasProbing = progress.mode === 'probe';
  // An answer to an earlier call must not end the present probe: only one that reaches the index in question does.
  if (wasProbing && reply.matchIndex >= progress.nextIndex - 1) progress.mode = 'replicate';
  if (news || wasProbing)
    announce(step, from, progress, news ? 'it has the entries on disk' : 'the logs agree up to here');
  if (news) advanceCommit(step);
  replicateTo(step, from);
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
  progress.inFlight = [];
  // A refusal always brings nextIndex down, whatever it says, so that probing ends.
  progress.nextIndex = Math.max(progress.matchIndex + 1, Math.min(resumeAt(step, reply), progress.nextIndex - 1));
  announce(
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

function announce(step: StepContext, follower: NodeId, progress: Progress, reason: string): void {
  emit(step, {
    type: 'follower-progress',
    follower,
    matchIndex: progress.matchIndex,
    nextIndex: progress.nextIndex,
    reason,
  });
}
