/**
 * The one timer (Raft §5.2). No tick: each step says when the next deadline is.
 */
import type { RuleId } from '../../shared/rules.ts';
import { emit, waive, type StepContext } from './step-context.ts';
import { inMilliseconds, whyDiskIsStuck, whyLonely } from './leader-contact.ts';
import { startPreVote } from './pre-vote.ts';
import { continueCatchUp } from './membership.ts';
import { decidingGroups, mayBeNeeded } from './quorum.ts';
import { abandonForwardedReads, becomeCandidate, becomeFollower } from './roles.ts';
import { broadcastHeartbeat } from './replicate.ts';
import { retryForwardedReads } from './read-index.ts';
import { unlessOff, type Refusal } from './refusal.ts';
import { resendChunk } from './send-snapshot.ts';
import { abortTransferIfLate, giveUpSuccessorIfLate, repeatTimeoutNow } from './transfer.ts';
import {
  configurationOf,
  heartbeatIntervalNs,
  isRuleOn,
  resetElectionTimer,
  type FollowerRole,
  type LeaderRole,
  type RaftState,
} from './state.ts';

/** Time has come, or it has not: then nothing happens. */
export function onDeadline(step: StepContext): void {
  const { state, nowNs } = step;
  const { role } = state;
  giveUpSuccessorIfLate(step);
  if (role.name === 'leader') return onLeaderDeadline(step, role);
  if (nowNs < state.electionDeadlineNs) {
    if (role.name === 'follower') retryForwardedReads(step, role);
    return;
  }
  const obstacle = whyNotRun(step);
  if (obstacle) return withholdElection(step, obstacle);
  if (isRuleOn(state, 'pre-vote')) return startPreVote(step, whyElection(step));
  waive(step, 'pre-vote', `term ${state.term + 1} begins without asking`);
  becomeCandidate(step, whyElection(step));
}

function onLeaderDeadline(step: StepContext, role: LeaderRole): void {
  const { state, nowNs } = step;
  abortTransferIfLate(step, role);
  if (nowNs < role.heartbeatDeadlineNs) return;
  const obstacle = whyNotLead(step, role);
  if (obstacle) return becomeFollower(step, null, obstacle.reason, obstacle.rule);
  // A probe that was not answered by now is lost; the heartbeat takes its place.
  for (const progress of role.progress.values()) if (progress.mode === 'probe') progress.inFlight = [];
  broadcastHeartbeat(step);
  for (const [follower, progress] of role.progress) resendChunk(step, follower, progress);
  repeatTimeoutNow(step, role);
  continueCatchUp(step, role);
  role.heartbeatDeadlineNs = nowNs + heartbeatIntervalNs(state);
}

/** Why this leader must give up its office; a rule that is off only says so. */
function whyNotLead(step: StepContext, role: LeaderRole): Refusal | undefined {
  const { state, nowNs } = step;
  const lonely = whyLonely(state, role, nowNs);
  const isLonely = lonely === undefined ? undefined : { rule: 'check-quorum' as const, reason: lonely };
  const stuck = whyDiskIsStuck(state, nowNs);
  const isStuck = stuck === undefined ? undefined : { rule: 'step-down-on-stuck-disk' as const, reason: stuck };
  return unlessOff(step, isLonely) ?? unlessOff(step, isStuck);
}

/** Why this server can't win an election, whoever votes for it. */
export function whyNotRun(step: StepContext): { readonly reason: string; readonly rule?: RuleId } | undefined {
  const { state, nowNs } = step;
  if (!mayBeNeeded(state)) {
    const { learners } = configurationOf(state);
    if (learners.some(({ id }) => id === state.id)) return { reason: 'I am a learner, and have no vote' };
    const isNamed = decidingGroups(state)
      .flat()
      .some(({ id }) => id === state.id);
    if (!isNamed) return { reason: 'I am no member of the cluster, as far as I know' };
    return { reason: 'I was added with another folder than the one I have', rule: 'no-amnesia' };
  }
  const stuck = whyDiskIsStuck(state, nowNs);
  if (stuck === undefined) return undefined;
  return unlessOff(step, { rule: 'step-down-on-stuck-disk', reason: stuck });
}

/** It hears no leader, and does not run itself: it waits on. */
function withholdElection(step: StepContext, obstacle: { readonly reason: string; readonly rule?: RuleId }): void {
  const { state, nowNs } = step;
  const reason = whyElection(step);
  // Else the timer was set when this was said the last time, and nothing has come in between.
  const isFirst = state.electionDeadlineNs === state.lastHeardNs + state.electionTimeoutNs;
  if (state.role.name === 'candidate') becomeFollower(step, null, reason);
  const { role } = state;
  if (role.name === 'follower') forgetLeader(step, role);
  resetElectionTimer(state, nowNs);
  emit(step, { type: 'election-withheld', term: state.term, ...obstacle, ...(!isFirst && { again: true }) });
}

function forgetLeader(step: StepContext, role: FollowerRole): void {
  abandonForwardedReads(step, role);
  role.leaderId = null;
  role.preVote = null;
}

/** When the next `deadline-passed` is due, nanoseconds. */
export function nextDeadlineNs(state: RaftState): number {
  const { role, handedOver } = state;
  if (role.name === 'leader') return Math.min(role.heartbeatDeadlineNs, role.transfer?.deadlineNs ?? Infinity);
  const electionNs = Math.min(state.electionDeadlineNs, handedOver?.untilNs ?? Infinity);
  if (role.name === 'candidate') return electionNs;
  return role.forwardedReads.reduce((earliest, read) => Math.min(earliest, read.retryAtNs), electionNs);
}

function whyElection(step: StepContext): string {
  const { state, nowNs } = step;
  if (state.role.name === 'candidate') {
    return `the election of term ${state.term} was not decided in ${inMilliseconds(state.electionTimeoutNs)}`;
  }
  const silence = inMilliseconds(nowNs - state.lastHeardNs);
  const { leaderId } = state.role.name === 'follower' ? state.role : { leaderId: null };
  return leaderId === null
    ? `no leader was heard for ${silence}`
    : `nothing from the leader, node ${leaderId}, for ${silence}`;
}
