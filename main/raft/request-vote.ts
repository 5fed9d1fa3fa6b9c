/**
 * RequestVote RPC (Raft §5.2, §5.4.1; Figure 2).
 */
import type { Server } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RequestVote, RequestVoteReply } from '../../shared/raft-message.ts';
import type { RuleId } from '../../shared/rules.ts';
import { changeHardState, emit, sendWhenDurable, waive, type StepContext } from './step-context.ts';
import { lastTerm } from './log-shape.ts';
import { describeShare, hasQuorum, isVoter, votesNeeded, waiveQuorumRules } from './quorum.ts';
import { isRuleOn, resetElectionTimer, type CandidateRole } from './state.ts';
import { stickiness } from './leader-contact.ts';
import { logRefusal, unlessOff, type Refusal } from './refusal.ts';
import { becomeLeader } from './roles.ts';

/** Figure 2, RequestVote receiver, 1 and 2: why this server does not vote for the candidate; undefined when it does. */
function refusalOf(step: StepContext, call: RequestVote): Refusal | undefined {
  const { state } = step;
  if (call.term < state.term) {
    const reason = `the candidate's term ${call.term} is behind mine, ${state.term}`;
    const refusal = unlessOff(step, { rule: 'stale-term', reason });
    if (refusal) return refusal;
  }
  // A higher term that was not adopted: this server has just heard from a leader.
  const sticky = call.term > state.term ? stickiness(state, step.nowNs) : undefined;
  if (sticky) return sticky;
  // "If votedFor is null or candidateId …"
  if (state.votedFor !== null && state.votedFor !== call.candidateId) {
    const whom = state.votedFor === state.id ? 'myself' : `node ${state.votedFor}`;
    const reason = `I voted for ${whom} in term ${state.term}`;
    const refusal = unlessOff(step, { rule: 'one-vote-per-term', reason });
    if (refusal) return refusal;
  }
  // It may have come into this term by other ways than this candidate's call, and still owe a leader its silence.
  const owed = state.votedFor === null && !call.transfer ? stickiness(state, step.nowNs) : undefined;
  if (owed && isRuleOn(state, owed.rule)) return owed;
  // Where its term was adopted against the rule, that is said already.
  if (owed && !wasWaived(step, owed.rule)) waive(step, owed.rule, owed.reason);
  // "… and candidate's log is at least as up-to-date as receiver's log, grant vote."
  return logRefusal(step, call);
}

function wasWaived({ effects }: StepContext, rule: RuleId): boolean {
  return effects.events.some((event) => event.type === 'rule-waived' && event.rule === rule);
}

/**
 * A candidate asks for a vote. Higher terms were adopted before, except by a server that has just heard from a leader.
 * Whether the candidate is a member as far as this server knows is not asked: it may know less (dissertation §4.1).
 */
export function onRequestVote(step: StepContext, from: NodeId, call: RequestVote): void {
  const { state } = step;
  const refusal = refusalOf(step, call);
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
    storage: state.storage,
    voteGranted: !refusal,
  });
}

/** A vote, or its refusal. Only answers to this very call count, each voter once (rule `distinct-voters`). */
export function onRequestVoteReply(step: StepContext, from: NodeId, reply: RequestVoteReply): void {
  const { role, term } = step.state;
  // Who hears a leader says no from its own term, an earlier one.
  const isOfTerm = reply.term === term || !reply.voteGranted;
  if (role.name !== 'candidate' || !isOfTerm || reply.round !== role.round) {
    const reason =
      role.name === 'candidate'
        ? 'it answers an earlier election'
        : `the election of term ${reply.term} is over, I am a ${role.name}`;
    emit(step, { type: 'message-ignored', from, kind: reply.kind, term: reply.term, reason });
    return;
  }
  countVote(step, role, { id: from, storage: reply.storage }, reply.voteGranted);
}

/** Counts one voter's answer, the own one included, and takes office with a majority (Raft §5.2). */
export function countVote(step: StepContext, role: CandidateRole, voter: Server, granted: boolean): void {
  const { state } = step;
  const { term } = state;
  if (granted && role.votes.some(({ id }) => id === voter.id)) {
    const reason = `the vote of node ${voter.id} is counted already`;
    const rule = 'distinct-voters';
    if (isRuleOn(state, rule)) {
      return emit(step, { type: 'message-ignored', from: voter.id, kind: 'request-vote-reply', term, reason, rule });
    }
    waive(step, rule, reason);
  }
  if (granted && !isVoter(state, voter)) {
    const reason = `node ${voter.id} has no vote with the folder that it has`;
    const ignored = { from: voter.id, kind: 'request-vote-reply', term, reason, rule: 'no-amnesia' } as const;
    return emit(step, { type: 'message-ignored', ...ignored });
  }
  if (granted) role.votes.push(voter);
  const votes = role.votes.map(({ id }) => id);
  emit(step, { type: 'vote-counted', from: voter.id, granted, term, votes, votersNeeded: votesNeeded(state) });
  if (!granted || !hasQuorum(state, role.votes)) return;
  waiveQuorumRules(step, role.votes);
  const share = describeShare(state, ({ id }) => votes.includes(id));
  becomeLeader(step, `${share} voted for me, a majority`);
}
