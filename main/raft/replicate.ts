/**
 * The leader's sending side of AppendEntries (Raft §5.3).
 */
import type { NodeId } from '../../shared/ids.ts';
import { required } from '../../shared/assert.ts';
import { sendNow, type StepContext } from './step-context.ts';
import { fitting, termAt } from './log-shape.ts';
import { noteSent } from './lease.ts';
import { leaderOf } from './progress.ts';
import { sendChunk } from './send-snapshot.ts';
import { takeRound, type Progress } from './state.ts';

/** Sends everything that the window allows. While probing, that is one message; the answer brings the next. */
export function replicateTo(step: StepContext, follower: NodeId): void {
  const { tuning, log, role } = step.state;
  // What a commit has brought about: the office is given up, or the follower has left.
  const progress = role.name === 'leader' ? role.progress.get(follower) : undefined;
  if (!progress) return;
  // The entry before the next one is compacted: the follower can't compare it, so it needs the snapshot (Raft §7).
  if (progress.mode === 'snapshot' || progress.nextIndex <= log.base.index) return sendChunk(step, follower, progress);
  const messagesMax = progress.mode === 'probe' ? 1 : tuning.inFlightMessagesMax;
  let bytes = 0;
  for (const sent of progress.inFlight) bytes += sent.bytes;
  while (progress.nextIndex <= log.lastIndex && progress.inFlight.length < messagesMax) {
    if (progress.inFlight.length > 0 && bytes >= tuning.inFlightBytesMax) return;
    bytes += sendEntries(step, follower, progress);
  }
}

function sendEntries(step: StepContext, follower: NodeId, progress: Progress): number {
  const { log, tuning } = step.state;
  const { appendEntriesCountMax, appendEntriesBytesMax } = tuning;
  const { count, bytes } = fitting(log, progress.nextIndex, appendEntriesCountMax, appendEntriesBytesMax);
  const round = sendAppendEntries(step, follower, progress.nextIndex - 1, count);
  const lastIndex = progress.nextIndex + count - 1;
  progress.inFlight.push({ round, lastIndex, bytes });
  // Optimistic (dissertation §10.2.2): the next message follows before this one is answered. A lost one is found by the
  // refusal of the next heartbeat.
  if (progress.mode === 'replicate') progress.nextIndex = lastIndex + 1;
  return bytes;
}

function sendAppendEntries(step: StepContext, follower: NodeId, prevLogIndex: number, entryCount: number): number {
  const { state } = step;
  const round = takeRound(state);
  noteSent(step, leaderOf(step), round);
  sendNow(step, follower, {
    kind: 'append-entries',
    term: state.term,
    round,
    leaderId: state.id,
    prevLogIndex,
    prevLogTerm: required(
      prevLogIndex === 0 ? 0 : termAt(state.log, prevLogIndex),
      `the leader has no entry ${prevLogIndex} to put before the next`,
    ),
    leaderCommit: state.commitIndex,
    entryCount,
  });
  return round;
}

/**
 * An empty AppendEntries to every follower: proof of office, and a probe for what was lost on the way. It stands behind
 * everything that was sent, so a follower that misses something refuses it and says where to go on. To one that needs
 * compacted entries it stands before the log: there is no entry that both could compare.
 */
export function broadcastHeartbeat(step: StepContext): void {
  const { log } = step.state;
  for (const [follower, progress] of leaderOf(step).progress) {
    const behind = progress.nextIndex - 1;
    sendAppendEntries(step, follower, behind >= log.base.index ? behind : 0, 0);
  }
}
