/**
 * Leadership transfer (dissertation §3.10), on the target's side.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { TimeoutNow } from '../../shared/raft-message.ts';
import { whyNotRun } from './deadline.ts';
import { unlessOff, type Refusal } from './refusal.ts';
import { becomeCandidate } from './roles.ts';
import { emit, type StepContext } from './step-context.ts';

/**
 * The leader asks this server to run at once: "this request has the same effect as the target server's election timer
 * firing", except that nobody is asked before, and that voters need not spare the leader. Higher terms were adopted before.
 */
export function onTimeoutNow(step: StepContext, from: NodeId, call: TimeoutNow): void {
  const { state } = step;
  const ignored = whyIgnore(step, from, call);
  if (ignored) {
    return emit(step, { type: 'message-ignored', from, kind: call.kind, term: call.term, ...ignored });
  }
  const obstacle = whyNotRun(step);
  if (obstacle) return emit(step, { type: 'election-withheld', term: state.term, ...obstacle });
  becomeCandidate(step, `the leader, node ${from}, asks me to take over`, true);
}

function whyIgnore(
  step: StepContext,
  from: NodeId,
  call: TimeoutNow,
): Refusal | { readonly reason: string } | undefined {
  const { role, term } = step.state;
  if (call.term < term) {
    const reason = `the sender's term ${call.term} is behind mine, ${term}`;
    const stale = unlessOff(step, { rule: 'stale-term', reason });
    if (stale) return stale;
  }
  if (role.name !== 'follower') return { reason: `I am a ${role.name} in term ${term}` };
  // A server that has just started may not know its leader yet, and nobody but a leader sends this.
  if (role.leaderId === null || role.leaderId === from) return undefined;
  return { reason: `I follow node ${role.leaderId}` };
}
