/**
 * Leadership transfer (dissertation §3.10), on the side of the server that hands its office over.
 *
 * It takes in nothing more, brings the target up to date, asks it to run at once, and is told by the target's first
 * AppendEntries that it leads. If that takes longer than an election timeout, it leads on.
 */
import { isJoint } from '../../shared/configuration.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { LeaderOutcome, Ticket } from './contract.ts';
import { inMilliseconds } from './leader-contact.ts';
import { isSameServer } from './quorum.ts';
import { replicateTo } from './replicate.ts';
import { configurationOf, knownLeader, placedConfigurationOf, takeRound } from './state.ts';
import type { LeaderRole, RaftState } from './state.ts';
import { emit, sendNow, type StepContext } from './step-context.ts';

export function onTransferLeadership(step: StepContext, ticket: Ticket, to: NodeId): void {
  const { state, effects, nowNs } = step;
  const { role, term } = state;
  if (role.name !== 'leader') {
    effects.outcomes.push({ ticket, kind: 'not-leader', leaderId: knownLeader(state) });
    return;
  }
  const obstacle = whyNotTransfer(state, role, to);
  if (obstacle) {
    effects.outcomes.push({ ticket, kind: 'refused', ...obstacle });
    return emit(step, { type: 'request-held', what: 'transfer', count: 1, ...obstacle });
  }
  role.transfer = { ticket, to, deadlineNs: nowNs + patienceNs(state), timeoutNowSent: false };
  role.leaseAllowed = false;
  const missing = state.log.lastIndex - (role.progress.get(to)?.matchIndex ?? 0);
  const reason =
    missing === 0 ? `node ${to} has all entries` : `node ${to} lacks ${missing} entries, and gets them first`;
  emit(step, { type: 'transfer-started', to, term, reason });
  replicateTo(step, to);
  sendTimeoutNowIfReady(step, role);
}

function whyNotTransfer(
  state: RaftState,
  role: LeaderRole,
  to: NodeId,
): { readonly reason: string; readonly rule?: RuleId } | undefined {
  if (to === state.id) return { reason: 'I lead already' };
  if (role.transfer) return { reason: `the office is being handed over to node ${role.transfer.to}` };
  const configuration = configurationOf(state);
  // Who leads next would find the change half done.
  const isChanging = isJoint(configuration) || placedConfigurationOf(state).index > state.commitIndex;
  if (role.change || isChanging) return { reason: 'a change of membership is under way' };
  const voter = configuration.voters.find(({ id }) => id === to);
  if (!voter) return { reason: `node ${to} has no vote, so it can't lead` };
  const storage = role.progress.get(to)?.storage ?? 0;
  if (storage === 0 || isSameServer(state, voter, { id: to, storage })) return undefined;
  return { reason: `node ${to} was added with another folder than the one it has`, rule: 'no-amnesia' };
}

function patienceNs({ timings }: RaftState): number {
  return timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
}

/** The target may have got all entries: "the prior leader … sends a TimeoutNow request to the target server". */
export function sendTimeoutNowIfReady(step: StepContext, role: LeaderRole): void {
  const { transfer } = role;
  if (transfer && !transfer.timeoutNowSent) sendTimeoutNow(step, role);
}

/** There is no answer to it but the election, so it is sent again with each heartbeat. */
export function repeatTimeoutNow(step: StepContext, role: LeaderRole): void {
  if (role.transfer?.timeoutNowSent) sendTimeoutNow(step, role);
}

function sendTimeoutNow(step: StepContext, { transfer, progress }: LeaderRole): void {
  const { state } = step;
  const { lastIndex } = state.log;
  if (!transfer || progress.get(transfer.to)?.matchIndex !== lastIndex) return;
  const { to, timeoutNowSent } = transfer;
  const { term } = state;
  sendNow(step, to, { kind: 'timeout-now', term, round: takeRound(state) });
  const reason = timeoutNowSent ? 'it has not run yet' : `it has everything up to my last entry, ${lastIndex}, on disk`;
  emit(step, { type: 'timeout-now-sent', to, term, reason });
  transfer.timeoutNowSent = true;
}

/** "If leadership transfer does not complete after about an election timeout, the prior leader aborts the transfer." */
export function abortTransferIfLate(step: StepContext, role: LeaderRole): void {
  const { transfer } = role;
  if (!transfer || step.nowNs < transfer.deadlineNs) return;
  role.transfer = null;
  const { ticket, to, timeoutNowSent } = transfer;
  const what = timeoutNowSent ? 'did not take the office' : 'did not get all entries';
  const reason = `node ${to} ${what} in ${inMilliseconds(patienceNs(step.state))}; I lead on`;
  end(step, to, { ticket, kind: 'refused', reason });
}

/** The office is lost: the target may have it, or will get it in the next moments. */
export function leaveTransfer({ state, nowNs }: StepContext, { transfer }: LeaderRole): void {
  if (!transfer) return;
  const { ticket, to } = transfer;
  state.handedOver = { ticket, to, untilNs: nowNs + 2 * patienceNs(state) };
}

/** Somebody leads: what became of the transfer is known. */
export function noteSuccessor(step: StepContext, leaderId: NodeId): void {
  const { handedOver, id } = step.state;
  if (!handedOver) return;
  const { ticket, to } = handedOver;
  if (leaderId === to) return end(step, to, { ticket, kind: 'done', index: 0 });
  const reason = leaderId === id ? 'I was elected again' : `node ${leaderId} leads instead`;
  end(step, to, { ticket, kind: 'unknown', reason });
}

/** Nobody was heard. */
export function giveUpSuccessorIfLate(step: StepContext): void {
  const { handedOver } = step.state;
  if (!handedOver || step.nowNs < handedOver.untilNs) return;
  const { ticket, to } = handedOver;
  const reason = `I lost my office, and have heard from no leader for ${inMilliseconds(2 * patienceNs(step.state))}`;
  end(step, to, { ticket, kind: 'unknown', reason });
}

function end(step: StepContext, to: NodeId, outcome: LeaderOutcome): void {
  const { state, effects } = step;
  state.handedOver = null;
  effects.outcomes.push(outcome);
  const reason = 'reason' in outcome ? outcome.reason : `node ${to} leads term ${state.term}`;
  emit(step, { type: 'transfer-ended', to, term: state.term, done: outcome.kind === 'done', reason });
}
