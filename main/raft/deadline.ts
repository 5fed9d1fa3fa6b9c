/**
 * The one timer (Raft §5.2). No tick: each step says when the next deadline is.
 */
import type { StepContext } from './step-context.ts';
import { inMilliseconds, whyLonely } from './leader-contact.ts';
import { startPreVote } from './pre-vote.ts';
import { becomeCandidate, becomeFollower } from './roles.ts';
import { broadcastHeartbeat } from './replicate.ts';
import { retryForwardedReads } from './read-index.ts';
import { heartbeatIntervalNs, isRuleOn, type RaftState } from './state.ts';

/** Time has come, or it has not: then nothing happens. */
export function onDeadline(step: StepContext): void {
  const { state, nowNs } = step;
  const { role } = state;
  if (role.name === 'leader') {
    if (nowNs < role.heartbeatDeadlineNs) return;
    const lonely = whyLonely(state, role, nowNs);
    if (lonely !== undefined) return becomeFollower(step, null, lonely, 'check-quorum');
    // A probe that was not answered by now is lost; the heartbeat takes its place.
    for (const progress of role.progress.values()) if (progress.mode === 'probe') progress.inFlight = [];
    broadcastHeartbeat(step);
    role.heartbeatDeadlineNs = nowNs + heartbeatIntervalNs(state);
    return;
  }
  if (nowNs < state.electionDeadlineNs) {
    if (role.name === 'follower') retryForwardedReads(step, role);
  } else if (isRuleOn(state, 'pre-vote')) {
    startPreVote(step, whyElection(step));
  } else {
    becomeCandidate(step, whyElection(step));
  }
}

/** When the next `deadline-passed` is due, nanoseconds. */
export function nextDeadlineNs(state: RaftState): number {
  const { role } = state;
  if (role.name === 'leader') return role.heartbeatDeadlineNs;
  if (role.name === 'candidate') return state.electionDeadlineNs;
  return role.forwardedReads.reduce((earliest, read) => Math.min(earliest, read.retryAtNs), state.electionDeadlineNs);
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
