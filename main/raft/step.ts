/**
 * The consensus core: `step(state, input, nowNs) → effects`. This file only dispatches; each message has a file of its own.
 *
 * Pure: no I/O, no clock, no chance but what `state` holds. The same state and inputs give the same effects, to the byte.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import { assertNever } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { CoreInput, Effects } from './contract.ts';
import { beginStep, emit, finishStep, waive, type StepContext } from './step-context.ts';
import { abandonForwardedReads, adoptTerm, becomeFollower } from './roles.ts';
import { nextDeadlineNs, onDeadline } from './deadline.ts';
import { stickiness } from './leader-contact.ts';
import { onPreVote, onPreVoteReply } from './pre-vote.ts';
import { onAppendEntries } from './append-entries.ts';
import { onAppendEntriesReply } from './append-entries-reply.ts';
import { onConfigure } from './configure.ts';
import { onInstallSnapshot } from './install-snapshot.ts';
import { onInstallSnapshotReply } from './install-snapshot-reply.ts';
import { onChangeMembership } from './membership.ts';
import { onPersisted } from './persisted.ts';
import { onSnapshotPersisted } from './compaction.ts';
import { onTimeoutNow } from './timeout-now.ts';
import { onTransferLeadership } from './transfer.ts';
import { unlessOff } from './refusal.ts';
import { onPropose } from './propose.ts';
import { onRead, onReadIndex, onReadIndexReply } from './read-index.ts';
import { onRequestVote, onRequestVoteReply } from './request-vote.ts';
import { isRuleOn, type RaftState } from './state.ts';

/**
 * Takes one input in, changes `state` in place, and says what the host must do (contract.ts).
 * @throws AssertionError when a promise of Raft does not hold; the server must stop then.
 */
export function step(state: RaftState, input: CoreInput, nowNs: number): Effects {
  const context = beginStep(state, nowNs);
  dispatch(context, input);
  const effects = finishStep(context);
  effects.wakeAtNs = nextDeadlineNs(state);
  return effects;
}

function dispatch(context: StepContext, input: CoreInput): void {
  switch (input.type) {
    case 'deadline-passed':
      return onDeadline(context);
    case 'message':
      return onMessage(context, input.from, input.message);
    case 'propose':
      return onPropose(context, input.proposals);
    case 'read':
      return onRead(context, input.tickets, input.mode);
    case 'persisted':
      return onPersisted(context, input.write);
    case 'snapshot-persisted':
      return onSnapshotPersisted(context, input.snapshot);
    case 'change-membership':
      return onChangeMembership(context, input.ticket, input.change);
    case 'transfer-leadership':
      return onTransferLeadership(context, input.ticket, input.to);
    case 'configure':
      return onConfigure(context, input.rulesOff, input.timings);
    default:
      return assertNever(input, 'core input');
  }
}

function onMessage(context: StepContext, from: NodeId, message: ConsensusMessage): void {
  const { state } = context;
  const strange = whyStrange(state, from, message);
  if (strange !== undefined) {
    emit(context, { type: 'message-ignored', from, kind: message.kind, term: message.term, reason: strange });
    return;
  }
  if (speaksOfItsTerm(context, message)) meetTerm(context, from, message.term);
  switch (message.kind) {
    case 'pre-vote':
      return onPreVote(context, from, message);
    case 'pre-vote-reply':
      return onPreVoteReply(context, from, message);
    case 'request-vote':
      return onRequestVote(context, from, message);
    case 'request-vote-reply':
      return onRequestVoteReply(context, from, message);
    case 'append-entries':
      return onAppendEntries(context, from, message);
    case 'append-entries-reply':
      return onAppendEntriesReply(context, from, message);
    case 'install-snapshot':
      return onInstallSnapshot(context, from, message);
    case 'install-snapshot-reply':
      return onInstallSnapshotReply(context, from, message);
    case 'timeout-now':
      return onTimeoutNow(context, from, message);
    case 'read-index':
      return onReadIndex(context, from, message);
    case 'read-index-reply':
      return onReadIndexReply(context, from, message);
    default:
      return assertNever(message, 'consensus message');
  }
}

function whyStrange(state: RaftState, from: NodeId, message: ConsensusMessage): string | undefined {
  // Whether the sender is a member is not asked: this server may not have heard of it yet (dissertation §4.1).
  if (from === state.id) return 'it claims to come from myself';
  if (message.term > state.term + limits.termJumpMax)
    return `term ${message.term} is absurdly far ahead of ${state.term}`;
  return undefined;
}

/**
 * False where the term of a message is not to be adopted: that of a pre-vote is no one's term yet, and a candidate's is
 * not taken from it by a server that has just heard from a leader (rule `leader-stickiness`, dissertation §4.2.3), unless
 * that leader has asked for the election itself.
 */
function speaksOfItsTerm(context: StepContext, message: ConsensusMessage): boolean {
  if (message.kind === 'pre-vote') return false;
  if (message.kind !== 'request-vote' || message.transfer || message.term <= context.state.term) return true;
  return unlessOff(context, stickiness(context.state, context.nowNs)) === undefined;
}

/** Raft §5.1: "If one server's current term is smaller than the other's, then it updates its current term to the larger value." */
function meetTerm(context: StepContext, from: NodeId, term: number): void {
  const { state } = context;
  if (term <= state.term) return;
  const reason = `node ${from} is in term ${term}`;
  adoptTerm(context, term, reason);
  const { role } = state;
  if (role.name === 'follower') {
    abandonForwardedReads(context, role);
    role.leaderId = null;
    role.preVote = null;
    return;
  }
  // "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state."
  const rule = 'step-down-on-higher-term';
  if (isRuleOn(state, rule)) becomeFollower(context, null, reason, rule);
  else waive(context, rule, `${reason}, and I stay ${role.name}`);
}
