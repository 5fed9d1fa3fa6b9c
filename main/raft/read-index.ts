/**
 * Linearizable reads without a log entry (dissertation §6.4), asked of any server.
 *
 * The leader notes its commitIndex, then proves with one round of AppendEntries that it still led when the read began.
 * Another server asks the leader for that index and serves the read from its own state machine.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { ReadIndex, ReadIndexReply } from '../../shared/raft-message.ts';
import { limits } from '../../shared/cluster-config.ts';
import { emit, sendNow, type StepContext } from './step-context.ts';
import type { Ticket } from './contract.ts';
import { majorityValue } from './quorum.ts';
import { broadcastHeartbeat } from './replicate.ts';
import { heartbeatIntervalNs, takeRound, type FollowerRole, type LeaderRole, type PendingRead } from './state.ts';

/** Reads of this server's own clients. */
export function onRead(step: StepContext, tickets: readonly Ticket[]): void {
  const { role } = step.state;
  if (role.name === 'leader' && role.pendingReads.length < limits.waitingRequestsMax) {
    register(step, role, { tickets });
  } else if (
    role.name === 'follower' &&
    role.leaderId !== null &&
    role.forwardedReads.length < limits.waitingRequestsMax
  ) {
    const round = takeRound(step.state);
    role.forwardedReads.push({ tickets, round, retryAtNs: retryTimeNs(step) });
    askLeader(step, role.leaderId, round);
  } else {
    for (const ticket of tickets) step.effects.reads.push({ ticket, kind: 'ask-again' });
  }
}

function askLeader(step: StepContext, leaderId: NodeId, round: number): void {
  sendNow(step, leaderId, { kind: 'read-index', term: step.state.term, round });
}

function retryTimeNs(step: StepContext): number {
  return step.nowNs + 2 * heartbeatIntervalNs(step.state);
}

/**
 * Asks again for reads whose question or answer was lost, under the same round: on a slow link the first answer may still
 * come. The latest question speaks for all, since its answer holds for every read that began before it.
 */
export function retryForwardedReads(step: StepContext, role: FollowerRole): void {
  const due = role.forwardedReads.filter((read) => read.retryAtNs <= step.nowNs);
  const latest = due.at(-1);
  if (role.leaderId === null || !latest) return;
  for (const read of due) read.retryAtNs = retryTimeNs(step);
  askLeader(step, role.leaderId, latest.round);
}

/** A server asks which index its read must wait for. */
export function onReadIndex(step: StepContext, from: NodeId, call: ReadIndex): void {
  const { role, term } = step.state;
  if (role.name === 'leader' && call.term === term && role.pendingReads.length < limits.waitingRequestsMax) {
    register(step, role, { node: from, round: call.round });
  } else {
    sendNow(step, from, { kind: 'read-index-reply', term, round: call.round, success: false, readIndex: 0 });
  }
}

/**
 * The leader's answer, for every read that had begun when it was asked. Rounds rise even across restarts, so an answer to
 * an earlier life, or to reads that were given up, finds none.
 */
export function onReadIndexReply(step: StepContext, from: NodeId, reply: ReadIndexReply): void {
  const { role } = step.state;
  const answered = role.name === 'follower' ? role.forwardedReads.filter((read) => read.round <= reply.round) : [];
  if (role.name !== 'follower' || answered.length === 0) {
    emit(step, {
      type: 'message-ignored',
      from,
      kind: reply.kind,
      term: reply.term,
      reason: 'no read waits for it any more',
    });
    return;
  }
  role.forwardedReads = role.forwardedReads.filter((read) => read.round > reply.round);
  for (const ticket of answered.flatMap(({ tickets }) => tickets)) {
    step.effects.reads.push(
      reply.success ? { ticket, kind: 'confirmed', readIndex: reply.readIndex } : { ticket, kind: 'ask-again' },
    );
  }
}

function register(step: StepContext, role: LeaderRole, asker: PendingRead['asker']): void {
  role.pendingReads.push({ asker, round: 0, readIndex: 0 });
  confirmReads(step);
}

/** Begins the rounds that may begin, and answers the reads whose round a majority has confirmed. */
export function confirmReads(step: StepContext): void {
  const { state } = step;
  const { role } = state;
  if (role.name !== 'leader' || role.pendingReads.length === 0) return;
  beginRound(step, role);
  const answeredRound = (voter: NodeId): number =>
    voter === state.id ? Infinity : (role.progress.get(voter)?.answeredRound ?? 0);
  const confirmedRound = majorityValue(state.voters, answeredRound);
  const unconfirmed = role.pendingReads.findIndex((read) => read.round === 0 || read.round > confirmedRound);
  const confirmed = role.pendingReads.splice(0, unconfirmed === -1 ? role.pendingReads.length : unconfirmed);
  if (confirmed.length === 0) return;
  for (const read of confirmed) answer(step, read);
  const readIndex = confirmed.at(-1)?.readIndex ?? 0;
  emit(step, {
    type: 'read-confirmed',
    readIndex,
    reads: confirmed.length,
    reason: 'a majority answered this leader after the reads began',
  });
}

/** Rule `read-waits-for-own-term-commit`: before that, this leader may not know of the latest committed entry. */
function beginRound(step: StepContext, role: LeaderRole): void {
  const { state } = step;
  if (state.commitIndex < role.firstOwnIndex) return;
  const waiting = role.pendingReads.slice(role.pendingReads.findLastIndex((read) => read.round > 0) + 1);
  if (waiting.length === 0) return;
  for (const read of waiting) {
    read.round = state.nextRound;
    read.readIndex = state.commitIndex;
  }
  broadcastHeartbeat(step);
}

function answer(step: StepContext, read: PendingRead): void {
  const { asker, readIndex } = read;
  if ('tickets' in asker) {
    for (const ticket of asker.tickets) step.effects.reads.push({ ticket, kind: 'confirmed', readIndex });
  } else {
    sendNow(step, asker.node, {
      kind: 'read-index-reply',
      term: step.state.term,
      round: asker.round,
      success: true,
      readIndex,
    });
  }
}
