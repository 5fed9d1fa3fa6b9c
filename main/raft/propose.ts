/**
 * Client entries enter the log (Raft §5.3: "the leader appends the command to its log as a new entry").
 */
import { appendEntries, emit, type StepContext } from './step-context.ts';
import { replicateTo } from './replicate.ts';
import { knownLeader } from './state.ts';
import type { Proposal } from './contract.ts';

/** The proposals of one loop turn. Answered with the place in the log, or with who leads instead. */
export function onPropose(step: StepContext, proposals: readonly Proposal[]): void {
  const { state, effects } = step;
  if (state.role.name !== 'leader') {
    const leaderId = knownLeader(state);
    for (const { ticket } of proposals) effects.proposals.push({ ticket, kind: 'not-leader', leaderId });
    return;
  }
  if (state.role.transfer) {
    for (const { ticket } of proposals) effects.proposals.push({ ticket, kind: 'transferring' });
    const reason = `the office is being handed over to node ${state.role.transfer.to}`;
    return emit(step, { type: 'request-held', what: 'append', count: proposals.length, reason });
  }
  const firstNew = state.log.lastIndex + 1;
  for (const { ticket, entries } of proposals) {
    const firstIndex = appendEntries(step, state.term, entries);
    effects.proposals.push({ ticket, kind: 'appended', firstIndex, lastIndex: state.log.lastIndex, term: state.term });
  }
  const requests = proposals.length === 1 ? 'one request' : `${proposals.length} requests`;
  emit(step, {
    type: 'entries-appended',
    firstIndex: firstNew,
    lastIndex: state.log.lastIndex,
    term: state.term,
    reason: `from ${requests}`,
  });
  for (const follower of state.role.progress.keys()) replicateTo(step, follower);
}
