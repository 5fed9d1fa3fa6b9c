/**
 * Changes of role (Raft Figure 4). Each drops the data of the role that ends: a role has only its own.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { serversOf } from '../../shared/configuration.ts';
import { appendEntries, changeHardState, emit, sendWhenDurable, waive, type StepContext } from './step-context.ts';
import { newProgress } from './progress.ts';
import { broadcastHeartbeat, replicateTo } from './replicate.ts';
import { abandonChange, followersOf, inheritedChange } from './pending-change.ts';
import {
  configurationOf,
  heartbeatIntervalNs,
  isRuleOn,
  resetElectionTimer,
  takeRound,
  type FollowerRole,
  type LeaderRole,
  type RaftState,
  type Role,
} from './state.ts';
import { lastTerm } from './log-shape.ts';
import { votesNeeded } from './quorum.ts';
import { leaveTransfer, noteSuccessor } from './transfer.ts';

/** Leaves the present role; reads that it was confirming must be asked again. */
function leaveRole(step: StepContext): void {
  const { role } = step.state;
  if (role.name === 'follower') abandonForwardedReads(step, role);
  if (role.name === 'leader') {
    for (const read of role.pendingReads) {
      if ('tickets' in read.asker) {
        for (const ticket of read.asker.tickets) step.effects.reads.push({ ticket, kind: 'ask-again' });
      }
    }
    abandonChange(step, role);
    leaveTransfer(step, role);
  }
}

/** Reads that were on their way to a leader that is none any more. */
export function abandonForwardedReads(step: StepContext, role: FollowerRole): void {
  for (const read of role.forwardedReads) {
    for (const ticket of read.tickets) step.effects.reads.push({ ticket, kind: 'ask-again' });
  }
  role.forwardedReads = [];
}

function enterRole(step: StepContext, role: Role, reason: string, rule?: RuleId): void {
  const from = step.state.role.name;
  leaveRole(step);
  step.state.role = role;
  emit(step, { type: 'role-changed', from, to: role.name, term: step.state.term, reason, ...(rule ? { rule } : {}) });
}

/** Adopts a higher term and forgets the vote of the old one (Raft §5.1). */
export function adoptTerm(step: StepContext, term: number, reason: string): void {
  const from = step.state.term;
  changeHardState(step, term, null);
  emit(step, { type: 'term-changed', from, to: term, reason, rule: 'step-down-on-higher-term' });
}

/** The role of a server that has heard of a higher term, or lost an election (Raft §5.1, §5.2). */
export function becomeFollower(step: StepContext, leaderId: NodeId | null, reason: string, rule?: RuleId): void {
  const { state } = step;
  // A leader has no election timer and hears itself: both begin only now.
  if (state.role.name === 'leader') {
    resetElectionTimer(state, step.nowNs);
    state.lastHeardNs = step.nowNs;
  }
  enterRole(step, { name: 'follower', leaderId, forwardedReads: [], preVote: null }, reason, rule);
  if (leaderId !== null) emit(step, { type: 'leader-known', leaderId, term: state.term });
}

/** The other servers that have a vote, each once: in a joint configuration those of both sides (Raft §6). */
export function otherVoters(state: RaftState): readonly NodeId[] {
  const { voters, outgoing } = configurationOf(state);
  return serversOf({ voters, outgoing, learners: [] }).filter((id) => id !== state.id);
}

/**
 * Starts an election (Raft §5.2): new term, own vote, RequestVote to every other voter.
 * @param transfer the leader asked for it (dissertation §3.10)
 */
export function becomeCandidate(step: StepContext, reason: string, transfer = false): void {
  const { state } = step;
  const from = state.term;
  changeHardState(step, state.term + 1, state.id);
  emit(step, { type: 'term-changed', from, to: state.term, reason: 'starts an election' });
  resetElectionTimer(state, step.nowNs);
  const round = takeRound(state);
  enterRole(step, { name: 'candidate', round, ownVoteWrite: state.lastWrite, votes: [] }, reason);
  emit(step, { type: 'election-started', term: state.term, votersNeeded: votesNeeded(state), reason });
  for (const voter of otherVoters(state)) {
    sendWhenDurable(step, voter, {
      kind: 'request-vote',
      term: state.term,
      round,
      candidateId: state.id,
      lastLogIndex: state.log.lastIndex,
      lastLogTerm: lastTerm(state.log),
      transfer,
    });
  }
}

/** Takes office (Raft §5.2, §8): a no-op of its own term, then AppendEntries to every follower. */
export function becomeLeader(step: StepContext, reason: string): void {
  const { state } = step;
  const nextIndex = state.log.lastIndex + 1;
  const others = followersOf(state);
  state.incoming = null;
  const role: LeaderRole = {
    name: 'leader',
    progress: new Map(others.map((id) => [id, newProgress(nextIndex, step.nowNs)])),
    heartbeatDeadlineNs: step.nowNs + heartbeatIntervalNs(state),
    firstOwnIndex: nextIndex,
    pendingReads: [],
    held: null,
    change: inheritedChange(state),
    transfer: null,
    leaseAllowed: true,
    sentTimes: [],
  };
  enterRole(step, role, reason);
  emit(step, { type: 'leader-known', leaderId: state.id, term: state.term });
  noteSuccessor(step, state.id);
  if (!isRuleOn(state, 'leader-noop')) {
    waive(step, 'leader-noop', `term ${state.term} begins without an entry of its own`);
    return broadcastHeartbeat(step);
  }
  appendEntries(step, state.term, [{ kind: 'noop', payload: new Uint8Array(0) }]);
  emit(step, {
    type: 'entries-appended',
    firstIndex: nextIndex,
    lastIndex: nextIndex,
    term: state.term,
    reason: 'no-op of the new term',
    rule: 'leader-noop',
  });
  for (const follower of others) replicateTo(step, follower);
}
