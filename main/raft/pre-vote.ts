/**
 * Pre-vote (dissertation §9.6): a server asks whether it would win before it raises its term, so that one that was cut
 * off, or that has fallen behind, deposes nobody when it returns. Nothing here is written to disk and nothing is promised.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { PreVote, PreVoteReply } from '../../shared/raft-message.ts';
import { emit, sendNow, type StepContext } from './step-context.ts';
import { lastTerm } from './log-shape.ts';
import { hasMajority, majorityOf } from './quorum.ts';
import { abandonForwardedReads, becomeCandidate, becomeFollower } from './roles.ts';
import { logRefusal, type Refusal } from './refusal.ts';
import { stickiness } from './leader-contact.ts';
import { resetElectionTimer, takeRound, type FollowerRole, type RaftState } from './state.ts';

/** The election timer has fired: asks every other voter, and forgets the leader that it no longer hears. */
export function startPreVote(step: StepContext, reason: string): void {
  const { state } = step;
  if (state.role.name === 'candidate') becomeFollower(step, null, reason);
  const { role } = state;
  if (role.name !== 'follower') return;
  abandonForwardedReads(step, role);
  role.leaderId = null;
  resetElectionTimer(state, step.nowNs);
  const round = takeRound(state);
  role.preVote = { round, votes: [state.id] };
  const term = state.term + 1;
  emit(step, { type: 'pre-vote-started', term, votersNeeded: majorityOf(state.voters.length), reason });
  for (const voter of state.voters) {
    if (voter === state.id) continue;
    const { lastIndex: lastLogIndex } = state.log;
    const lastLogTerm = lastTerm(state.log);
    sendNow(step, voter, { kind: 'pre-vote', term, round, candidateId: state.id, lastLogIndex, lastLogTerm });
  }
  runIfElectable(step, role, reason);
}

/** Another server asks whether it would get this one's vote. */
export function onPreVote(step: StepContext, from: NodeId, call: PreVote): void {
  const { state } = step;
  const refusal = refusalOf(state, call, step.nowNs);
  const reason = `its log ends at ${call.lastLogIndex} (term ${call.lastLogTerm}), and I hear no leader`;
  emit(step, {
    type: 'pre-vote-answered',
    candidateId: from,
    term: call.term,
    granted: !refusal,
    ...(refusal ?? { reason }),
  });
  sendNow(step, from, { kind: 'pre-vote-reply', term: state.term, round: call.round, voteGranted: !refusal });
}

/** A vote of this term binds nobody in the next one, so `votedFor` is not asked. */
function refusalOf(state: RaftState, call: PreVote, nowNs: number): Refusal | undefined {
  if (call.term <= state.term) {
    return { rule: 'stale-term', reason: `it would take term ${call.term}, and I am in term ${state.term}` };
  }
  return stickiness(state, nowNs) ?? logRefusal(state, call);
}

/** The answer. A term above mine was adopted before, and ended the question. */
export function onPreVoteReply(step: StepContext, from: NodeId, reply: PreVoteReply): void {
  const { role, term, voters } = step.state;
  const preVote = role.name === 'follower' ? role.preVote : null;
  if (role.name !== 'follower' || preVote?.round !== reply.round) {
    const reason = 'I do not ask for pre-votes any more, or ask anew';
    emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason });
    return;
  }
  if (reply.voteGranted && !preVote.votes.includes(from)) preVote.votes.push(from);
  const votersNeeded = majorityOf(voters.length);
  const granted = reply.voteGranted;
  emit(step, { type: 'pre-vote-counted', from, granted, term: term + 1, votes: [...preVote.votes], votersNeeded });
  runIfElectable(
    step,
    role,
    `${preVote.votes.length} of ${voters.length} would vote for me, ${votersNeeded} are enough`,
  );
}

function runIfElectable(step: StepContext, role: FollowerRole, reason: string): void {
  if (role.preVote && hasMajority(step.state.voters, role.preVote.votes)) becomeCandidate(step, reason);
}
