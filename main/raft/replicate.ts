/**
 * The leader's sending side of AppendEntries (Raft §5.3), and the commit rule (§5.4.2).
 */
import type { NodeId } from '../../shared/ids.ts';
import { limits } from '../../shared/cluster-config.ts';
import { required } from '../../shared/assert.ts';
import { emit, sendNow, type StepContext } from './step-context.ts';
import { countFitting, termAt } from './log-shape.ts';
import { majorityOf, majorityValue } from './quorum.ts';
import { takeRound, type LeaderRole, type Progress } from './state.ts';

function leaderOf(step: StepContext): LeaderRole {
  const { role } = step.state;
  if (role.name !== 'leader') throw new Error(`only a leader replicates, this is a ${role.name}`);
  return role;
}

export function progressOf(step: StepContext, follower: NodeId): Progress {
  return required(
    leaderOf(step).progress.get(follower),
    `the leader keeps progress of every follower, but not of ${follower}`,
  );
}

/** Sends everything that the window allows. While probing, that is one message; the answer brings the next. */
export function replicateTo(step: StepContext, follower: NodeId): void {
  const progress = progressOf(step, follower);
  const windowMax = progress.mode === 'probe' ? 1 : limits.inFlightMessagesMax;
  while (progress.nextIndex <= step.state.log.lastIndex && progress.inFlight.length < windowMax)
    sendEntries(step, follower, progress);
}

function sendEntries(step: StepContext, follower: NodeId, progress: Progress): void {
  const entryCount = countFitting(
    step.state.log,
    progress.nextIndex,
    limits.appendEntriesCountMax,
    limits.appendEntriesBytesMax,
  );
  const round = sendAppendEntries(step, follower, progress.nextIndex - 1, entryCount);
  const lastIndex = progress.nextIndex + entryCount - 1;
  progress.inFlight.push({ round, lastIndex });
  // Optimistic (dissertation §10.2.2): the next message follows before this one is answered. A lost one is found by the
  // refusal of the next heartbeat.
  if (progress.mode === 'replicate') progress.nextIndex = lastIndex + 1;
}

function sendAppendEntries(step: StepContext, follower: NodeId, prevLogIndex: number, entryCount: number): number {
  const { state } = step;
  const round = takeRound(state);
  sendNow(step, follower, {
    kind: 'append-entries',
    term: state.term,
    round,
    leaderId: state.id,
    prevLogIndex,
    prevLogTerm: required(
      termAt(state.log, prevLogIndex),
      `the leader has no entry ${prevLogIndex} to put before the next`,
    ),
    leaderCommit: state.commitIndex,
    entryCount,
  });
  return round;
}

/**
 * An empty AppendEntries to every follower: proof of office, and a probe for what was lost on the way. It stands behind
 * everything that was sent, so a follower that misses something refuses it and says where to go on.
 */
export function broadcastHeartbeat(step: StepContext): void {
  for (const [follower, progress] of leaderOf(step).progress) {
    sendAppendEntries(step, follower, progress.nextIndex - 1, 0);
  }
}

/**
 * Raft §5.3, §5.4.2: commits the last entry that a majority has on disk, if it is of this term; everything before it
 * commits with it. The leader counts itself only up to what its own disk has (rule `durable-quorum-commit`).
 */
export function advanceCommit(step: StepContext): void {
  const { state } = step;
  const { progress } = leaderOf(step);
  const durableOn = (voter: NodeId): number =>
    voter === state.id ? state.persistedIndex : (progress.get(voter)?.matchIndex ?? 0);
  const index = majorityValue(state.voters, durableOn);
  if (index <= state.commitIndex) return;
  // Raft §5.4.2: "only log entries from the leader's current term are committed by counting replicas".
  if (termAt(state.log, index) !== state.term) return;
  const copies = state.voters.filter((voter) => durableOn(voter) >= index).length;
  moveCommitIndex(
    step,
    index,
    `${copies} of ${state.voters.length} have it on disk, ${majorityOf(state.voters.length)} are enough`,
  );
}

/** Moves commitIndex on and hands the entries to the state machine. Never moves back. */
export function moveCommitIndex(step: StepContext, index: number, reason: string): void {
  const { state, effects } = step;
  if (index <= state.commitIndex) return;
  const from = state.commitIndex;
  state.commitIndex = index;
  effects.apply = { from: effects.apply?.from ?? from + 1, to: index };
  const rule = state.role.name === 'leader' ? ({ rule: 'durable-quorum-commit' } as const) : {};
  emit(step, { type: 'commit-advanced', from, to: index, term: state.term, reason, ...rule });
}
