/**
 * Linearizable reads without a log entry (dissertation §6.4), asked of any server.
 *
 * The leader notes its commitIndex, then proves with one round of AppendEntries that it still led when the read began.
 * Another server asks the leader for that index and serves the read from its own state machine.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { ConfirmedReadMode, ReadIndex, ReadIndexReply } from '../../shared/raft-message.ts';
import { limits } from '../../shared/cluster-config.ts';
import { emit, sendNow, waive, type StepContext } from './step-context.ts';
import type { Ticket } from './contract.ts';
import { whyNoLease } from './lease.ts';
import { quorumValue } from './quorum.ts';
import { unlessOff } from './refusal.ts';
import { broadcastHeartbeat } from './replicate.ts';
import {
  heartbeatIntervalNs,
  isRuleOn,
  knownLeader,
  takeRound,
  type FollowerRole,
  type ForwardedRead,
  type LeaderRole,
  type PendingRead,
  type RaftState,
} from './state.ts';

/** Reads of this server's own clients. */
export function onRead(step: StepContext, tickets: readonly Ticket[], mode: ConfirmedReadMode): void {
  const { role } = step.state;
  if (role.name === 'leader' && role.pendingReads.length < limits.waitingRequestsMax) {
    takeRead(step, role, { tickets }, mode);
  } else if (
    role.name === 'follower' &&
    role.leaderId !== null &&
    role.forwardedReads.length < limits.waitingRequestsMax
  ) {
    const round = takeRound(step.state);
    role.forwardedReads.push({ tickets, round, mode, retryAtNs: retryTimeNs(step) });
    askLeader(step, role.leaderId, round, mode);
  } else {
    for (const ticket of tickets) step.effects.reads.push({ ticket, kind: 'ask-again' });
    const reason = knownLeader(step.state) === null ? 'I know no leader' : 'too many reads wait already';
    emit(step, { type: 'request-held', what: 'read', count: tickets.length, reason });
  }
}

function askLeader(step: StepContext, leaderId: NodeId, round: number, mode: ConfirmedReadMode): void {
  sendNow(step, leaderId, { kind: 'read-index', term: step.state.term, round, mode });
}

function retryTimeNs(step: StepContext): number {
  return step.nowNs + 2 * heartbeatIntervalNs(step.state);
}

/**
 * Asks again for reads whose question or answer was lost, under the same round: on a slow link the first answer may still
 * come. The latest question of a mode speaks for all, since its answer holds for every read that began before it.
 */
export function retryForwardedReads(step: StepContext, role: FollowerRole): void {
  const due = role.forwardedReads.filter((read) => read.retryAtNs <= step.nowNs);
  if (role.leaderId === null || due.length === 0) return;
  for (const read of due) read.retryAtNs = retryTimeNs(step);
  for (const mode of ['linearizable', 'lease'] as const) {
    const latest = due.findLast((read) => read.mode === mode);
    if (latest) askLeader(step, role.leaderId, latest.round, mode);
  }
}

/** A server asks which index its read must wait for. */
export function onReadIndex(step: StepContext, from: NodeId, call: ReadIndex): void {
  const { role, term } = step.state;
  const mayTake = role.name === 'leader' && role.pendingReads.length < limits.waitingRequestsMax;
  if (mayTake && isOfTerm(step, call)) {
    takeRead(step, role, { node: from, round: call.round }, call.mode);
  } else {
    sendNow(step, from, { kind: 'read-index-reply', term, round: call.round, success: false, readIndex: 0 });
  }
}

function isOfTerm(step: StepContext, call: ReadIndex): boolean {
  const { term } = step.state;
  const reason = `the sender's term ${call.term} is behind mine, ${term}`;
  return call.term === term || unlessOff(step, { rule: 'stale-term', reason }) === undefined;
}

/**
 * The leader's answer, for every read that had begun when it was asked, except that a lease is not good enough for those
 * that asked for more. Rounds rise even across restarts, so an answer to an earlier life, or to reads that were given up,
 * finds none.
 */
export function onReadIndexReply(step: StepContext, from: NodeId, reply: ReadIndexReply): void {
  const { role } = step.state;
  const forwarded = role.name === 'follower' ? role.forwardedReads : [];
  const asked = forwarded.find(({ round }) => round === reply.round);
  const isAnswered = ({ round, mode }: ForwardedRead): boolean =>
    round <= reply.round && (asked?.mode === 'linearizable' || asked?.mode === mode);
  const answered = forwarded.filter(isAnswered);
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
  role.forwardedReads = forwarded.filter((read) => !isAnswered(read));
  for (const ticket of answered.flatMap(({ tickets }) => tickets)) {
    step.effects.reads.push(
      reply.success ? { ticket, kind: 'confirmed', readIndex: reply.readIndex } : { ticket, kind: 'ask-again' },
    );
  }
}

/** By the lease if it is held and enough; otherwise the read waits for a round. */
function takeRead(step: StepContext, role: LeaderRole, asker: PendingRead['asker'], mode: ConfirmedReadMode): void {
  const read = { asker, round: 0, readIndex: step.state.commitIndex };
  if (mode === 'lease') {
    const refusal = whyNoLease(step, role);
    if (!refusal) return answer(step, [read], mode, 'a majority heard me so lately that it votes for nobody else yet');
    emit(step, { type: 'lease-not-held', reads: countOf(read), ...refusal });
  }
  role.pendingReads.push(read);
  if (step.state.commitIndex < role.firstOwnIndex && isRuleOn(step.state, waitsForOwnTerm.rule)) {
    emit(step, { type: 'request-held', what: 'read', count: countOf(read), ...waitsForOwnTerm });
  }
  confirmReads(step);
}

/** Before that, this leader may not know of the latest committed entry. */
const waitsForOwnTerm = {
  rule: 'read-waits-for-own-term-commit',
  reason: 'no entry of my own term is committed',
} as const;

function countOf({ asker }: PendingRead): number {
  return 'tickets' in asker ? asker.tickets.length : 1;
}

/** Begins the rounds that may begin, and answers the reads whose round a majority has confirmed. */
export function confirmReads(step: StepContext): void {
  const { state } = step;
  const { role } = state;
  if (role.name !== 'leader' || role.pendingReads.length === 0) return;
  beginRound(step, role);
  const confirmedRound = isRuleOn(state, 'read-index-confirms') ? confirmedRoundOf(state, role) : Infinity;
  const unconfirmed = role.pendingReads.findIndex((read) => read.round === 0 || read.round > confirmedRound);
  const confirmed = role.pendingReads.splice(0, unconfirmed === -1 ? role.pendingReads.length : unconfirmed);
  if (confirmed.length === 0) return;
  if (!isRuleOn(state, 'read-index-confirms') && confirmed.some(({ round }) => round > confirmedRoundOf(state, role))) {
    waive(step, 'read-index-confirms', 'no majority has answered me since the read began');
  }
  answer(step, confirmed, 'linearizable', 'a majority answered this leader after the reads began');
}

/** The latest round that a majority has answered: then this server still led. */
function confirmedRoundOf(state: RaftState, role: LeaderRole): number {
  return quorumValue(state, (id) => {
    if (id === state.id) return { value: Infinity, storage: state.storage };
    const progress = role.progress.get(id);
    return { value: progress?.answeredRound ?? 0, storage: progress?.storage ?? 0 };
  });
}

/** Rule `read-waits-for-own-term-commit`: before that, this leader may not know of the latest committed entry. */
function beginRound(step: StepContext, role: LeaderRole): void {
  const { state } = step;
  if (role.pendingReads.at(-1)?.round !== 0) return;
  if (state.commitIndex < role.firstOwnIndex && unlessOff(step, waitsForOwnTerm)) return;
  const waiting = role.pendingReads.slice(role.pendingReads.findLastIndex((read) => read.round > 0) + 1);
  for (const read of waiting) {
    read.round = state.nextRound;
    read.readIndex = state.commitIndex;
  }
  broadcastHeartbeat(step);
}

function answer(step: StepContext, reads: readonly PendingRead[], by: ConfirmedReadMode, reason: string): void {
  for (const read of reads) answerOne(step, read);
  const count = reads.reduce((sum, read) => sum + countOf(read), 0);
  const rule = by === 'lease' ? 'lease-shorter-than-timeout' : 'read-index-confirms';
  const readIndex = reads.at(-1)?.readIndex ?? 0;
  emit(step, { type: 'read-confirmed', by, readIndex, reads: count, reason, rule });
}

function answerOne(step: StepContext, { asker, readIndex }: PendingRead): void {
  if ('tickets' in asker) {
    for (const ticket of asker.tickets) step.effects.reads.push({ ticket, kind: 'confirmed', readIndex });
    return;
  }
  const { node, round } = asker;
  sendNow(step, node, { kind: 'read-index-reply', term: step.state.term, round, success: true, readIndex });
}
