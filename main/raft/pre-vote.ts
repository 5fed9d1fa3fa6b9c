/**
 * Pre-vote (dissertation §9.6): a server asks whether it would win before it raises its term, so that one that was cut
 * off, or that has fallen behind, deposes nobody when it returns. Nothing here is written to disk and nothing is promised.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { PreVote, PreVoteReply } from '../../shared/raft-message.ts';
import { emit, sendNow, type StepContext } from './step-context.ts';
import { lastTerm } from './log-shape.ts';
import { describeShare, hasQuorum, isVoter, votesNeeded } from './quorum.ts';
import { abandonForwardedReads, becomeCandidate, becomeFollower, otherVoters } from './roles.ts';
import { logRefusal, unlessOff, type Refusal } from './refusal.ts';
import { stickiness, whyDiskIsStuck } from './leader-contact.ts';
import { resetElectionTimer, takeRound, type FollowerRole } from './state.ts';

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
  role.preVote = { round, votes: [{ id: state.id, storage: state.storage }] };
  const term = state.term + 1;
  emit(step, { type: 'pre-vote-started', term, votersNeeded: votesNeeded(state), reason, rule: 'pre-vote' });
  for (const voter of otherVoters(state)) {
    const { lastIndex: lastLogIndex } = state.log;
    const lastLogTerm = lastTerm(state.log);
    sendNow(step, voter, { kind: 'pre-vote', term, round, candidateId: state.id, lastLogIndex, lastLogTerm });
  }
  runIfElectable(step, role, reason);
}

/** Another server asks whether it would get this one's vote. */
export function onPreVote(step: StepContext, from: NodeId, call: PreVote): void {
  const { state } = step;
  const refusal = refusalOf(step, call);
  const reason = `its log ends at ${call.lastLogIndex} (term ${call.lastLogTerm}), and I hear no leader`;
  emit(step, {
    type: 'pre-vote-answered',
    candidateId: from,
    term: call.term,
    granted: !refusal,
    ...(refusal ?? { reason }),
  });
  const { term, storage } = state;
  sendNow(step, from, { kind: 'pre-vote-reply', term, round: call.round, storage, voteGranted: !refusal });
}

/** A vote of this term binds nobody in the next one, so `votedFor` is not asked. */
function refusalOf(step: StepContext, call: PreVote): Refusal | undefined {
  const { term } = step.state;
  if (call.term <= term) {
    const reason = `it would take term ${call.term}, and I am in term ${term}`;
    const refusal = unlessOff(step, { rule: 'stale-term', reason });
    if (refusal) return refusal;
  }
  // It could not keep the vote that the candidate would then ask for.
  const reason = whyDiskIsStuck(step.state, step.nowNs);
  const stuck = reason === undefined ? undefined : unlessOff(step, { rule: 'step-down-on-stuck-disk', reason });
  return stuck ?? unlessOff(step, stickiness(step.state, step.nowNs)) ?? logRefusal(step, call);
}

/** The answer. A term above mine was adopted before, and ended the question. */
export function onPreVoteReply(step: StepContext, from: NodeId, reply: PreVoteReply): void {
  const { state } = step;
  const { role, term } = state;
  const preVote = role.name === 'follower' ? role.preVote : null;
  if (role.name !== 'follower' || preVote?.round !== reply.round) {
    const reason = 'I do not ask for pre-votes any more, or ask anew';
    emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason });
    return;
  }
  const granted = reply.voteGranted;
  const { votes } = preVote;
  if (granted && !isVoter(state, { id: from, storage: reply.storage })) {
    const reason = `node ${from} has no vote with the folder that it has`;
    const ignored = { from, kind: reply.kind, term: reply.term, reason, rule: 'no-amnesia' } as const;
    return emit(step, { type: 'message-ignored', ...ignored });
  }
  if (granted && !votes.some(({ id }) => id === from)) votes.push({ id: from, storage: reply.storage });
  const votersNeeded = votesNeeded(state);
  const ids = votes.map(({ id }) => id);
  emit(step, { type: 'pre-vote-counted', from, granted, term: term + 1, votes: ids, votersNeeded });
  const share = describeShare(state, ({ id }) => ids.includes(id));
  runIfElectable(step, role, `${share} would vote for me, a majority`);
}

function runIfElectable(step: StepContext, role: FollowerRole, reason: string): void {
  if (role.preVote && hasQuorum(step.state, role.preVote.votes)) becomeCandidate(step, reason);
}
