/**
 * Changes of role (Raft Figure 4). Each drops the data of the role that ends: a role has only its own.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { appendEntries, changeHardState, emit, sendWhenDurable, type StepContext } from './step-context.ts';
import { replicateTo } from './replicate.ts';
import {
  heartbeatIntervalNs,
  resetElectionTimer,
  takeRound,
  type FollowerRole,
  type Progress,
  type Role,
} from './state.ts';
import { lastTerm } from './log-shape.ts';
import { majorityOf } from './quorum.ts';

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

/** Starts an election (Raft §5.2): new term, own vote, RequestVote to every other voter. */
export function becomeCandidate(step: StepContext, reason: string): void {
  const { state } = step;
  const from = state.term;
  changeHardState(step, state.term + 1, state.id);
  emit(step, { type: 'term-changed', from, to: state.term, reason: 'starts an election' });
  resetElectionTimer(state, step.nowNs);
  const round = takeRound(state);
  enterRole(step, { name: 'candidate', round, ownVoteWrite: state.lastWrite, votes: [] }, reason);
  emit(step, { type: 'election-started', term: state.term, votersNeeded: majorityOf(state.voters.length), reason });
  for (const voter of state.voters) {
    if (voter === state.id) continue;
    sendWhenDurable(step, voter, {
      kind: 'request-vote',
      term: state.term,
      round,
      candidateId: state.id,
      lastLogIndex: state.log.lastIndex,
      lastLogTerm: lastTerm(state.log),
    });
  }
}

/** Takes office (Raft §5.2, §8): a no-op of its own term, then AppendEntries to every follower. */
export function becomeLeader(step: StepContext, reason: string): void {
  const { state } = step;
  const nextIndex = state.log.lastIndex + 1;
  const progress = new Map<NodeId, Progress>();
  for (const voter of state.voters) {
    if (voter !== state.id) {
      progress.set(voter, {
        mode: 'probe',
        nextIndex,
        matchIndex: 0,
        inFlight: [],
        answeredRound: 0,
        answeredNs: step.nowNs,
        refusedRound: 0,
      });
    }
  }
  enterRole(
    step,
    {
      name: 'leader',
      progress,
      heartbeatDeadlineNs: step.nowNs + heartbeatIntervalNs(state),
      firstOwnIndex: nextIndex,
      pendingReads: [],
    },
    reason,
  );
  emit(step, { type: 'leader-known', leaderId: state.id, term: state.term });
  appendEntries(step, state.term, [{ kind: 'noop', payload: new Uint8Array(0) }]);
  emit(step, {
    type: 'entries-appended',
    firstIndex: nextIndex,
    lastIndex: nextIndex,
    term: state.term,
    reason: 'no-op of the new term',
  });
  for (const follower of progress.keys()) replicateTo(step, follower);
}
