/**
 * RequestVote RPC (Raft §5.2, §5.4.1; Figure 2).
 */
import type { NodeId } from '../../shared/ids.ts';
import type { RequestVote, RequestVoteReply } from '../../shared/raft-message.ts';
import { changeHardState, emit, sendWhenDurable, type StepContext } from './step-context.ts';
import { lastTerm } from './log-shape.ts';
import { hasMajority, majorityOf } from './quorum.ts';
import { resetElectionTimer, type CandidateRole, type RaftState } from './state.ts';
import { stickiness } from './leader-contact.ts';
import { logRefusal, type Refusal } from './refusal.ts';
import { becomeLeader } from './roles.ts';

/** Figure 2, RequestVote receiver, 1 and 2: why this server does not vote for the candidate; undefined when it does. */
function refusalOf(state: RaftState, call: RequestVote, nowNs: number): Refusal | undefined {
  if (call.term < state.term) {
    return { rule: 'stale-term', reason: `the candidate's term ${call.term} is behind mine, ${state.term}` };
  }
  // A higher term that was not adopted: this server has just heard from a leader.
  const sticky = call.term > state.term ? stickiness(state, nowNs) : undefined;
  if (sticky) return sticky;
  // "If votedFor is null or candidateId …"
  if (state.votedFor !== null && state.votedFor !== call.candidateId) {
    const whom = state.votedFor === state.id ? 'myself' : `node ${state.votedFor}`;
    return { rule: 'one-vote-per-term', reason: `I voted for ${whom} in term ${state.term}` };
  }
  // "… and candidate's log is at least as up-to-date as receiver's log, grant vote."
  return logRefusal(state, call);
}

/** A candidate asks for a vote. Higher terms were adopted before, except by a server that has just heard from a leader. */
export function onRequestVote(step: StepContext, from: NodeId, call: RequestVote): void {
  const { state } = step;
  const refusal = refusalOf(state, call, step.nowNs);
  if (refusal) {
    emit(step, { type: 'vote-refused', candidateId: from, term: state.term, ...refusal });
  } else {
    const again = state.votedFor === call.candidateId;
    if (!again) changeHardState(step, state.term, call.candidateId);
    resetElectionTimer(state, step.nowNs);
    state.lastHeardNs = step.nowNs;
    // Who votes for another does not run itself, as long as its timer does not say so again.
    if (state.role.name === 'follower') state.role.preVote = null;
    emit(step, {
      type: 'vote-granted',
      candidateId: from,
      term: state.term,
      reason: again
        ? 'I gave it my vote before'
        : `its log ends at ${call.lastLogIndex} (term ${call.lastLogTerm}), mine at ${state.log.lastIndex} (term ${lastTerm(state.log)})`,
    });
  }
  sendWhenDurable(step, from, {
    kind: 'request-vote-reply',
    term: state.term,
    round: call.round,
    voteGranted: !refusal,
  });
}

/** A vote, or its refusal. Only answers to this very call count, each voter once (rule `distinct-voters`). */
export function onRequestVoteReply(step: StepContext, from: NodeId, reply: RequestVoteReply): void {
  const { role, term } = step.state;
  if (role.name !== 'candidate' || reply.term !== term || reply.round !== role.round) {
    const reason =
      role.name === 'candidate'
        ? 'it answers an earlier election'
        : `the election of term ${reply.term} is over, I am a ${role.name}`;
    emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason });
    return;
  }
  countVote(step, role, from, reply.voteGranted);
}

/** Counts one voter's answer, the own one included, and takes office with a majority (Raft §5.2). */
export function countVote(step: StepContext, role: CandidateRole, from: NodeId, granted: boolean): void {
  const { state } = step;
  if (granted && role.votes.includes(from)) {
    emit(step, {
      type: 'message-ignored',
      from,
      kind: 'request-vote-reply',
      term: state.term,
      reason: `the vote of node ${from} is counted already`,
      rule: 'distinct-voters',
    });
    return;
  }
  if (granted) role.votes.push(from);
  const votersNeeded = majorityOf(state.voters.length);
  emit(step, { type: 'vote-counted', from, granted, term: state.term, votes: [...role.votes], votersNeeded });
  if (granted && hasMajority(state.voters, role.votes)) {
    becomeLeader(step, `${role.votes.length} of ${state.voters.length} voted for me, ${votersNeeded} are enough`);
  }
}
