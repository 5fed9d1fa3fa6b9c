/**
 * Leases (dissertation §6.4.1): how long a leader may answer reads without asking anybody.
 *
 * A server that hears a leader votes for no other during its shortest election timeout (rule `leader-stickiness`). A
 * majority that answered a round heard it after it was sent, so for that long after the sending nobody else is elected;
 * a little less on this server's clock, since clocks drift. All servers must go by the same election timeouts.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { limits, type Timings } from '../../shared/cluster-config.ts';
import { inMilliseconds } from './leader-contact.ts';
import { quorumValue } from './quorum.ts';
import { unlessOff, type Refusal } from './refusal.ts';
import type { StepContext } from './step-context.ts';
import type { LeaderRole, RaftState } from './state.ts';

const rule = 'lease-shorter-than-timeout';
/** Sending times lie at least this part of a lease apart, so that there are few of them. */
const timesPerLease = 64;

/** How long a lease lasts from the sending on, if a clock runs up to d % too slow here and up to d % too fast there. */
export function leaseDurationNs({ electionTimeoutMinMs }: Timings): number {
  const drift = limits.clockDriftPercentMax;
  return Math.floor((electionTimeoutMinMs * nanosecondsPerMillisecond * (100 - drift)) / (100 + drift));
}

/** How long it lasts with the rule off. */
export function waivedDurationNs({ electionTimeoutMaxMs }: Timings): number {
  return 4 * electionTimeoutMaxMs * nanosecondsPerMillisecond;
}

/** Remembers when a call was sent: a lease counts from then, not from its answer. */
export function noteSent({ state, nowNs }: StepContext, { sentTimes }: LeaderRole, round: number): void {
  const { timings } = state;
  const last = sentTimes.at(-1);
  // Left out, it counts as sent at the time before: the lease ends a little earlier.
  if (last && nowNs - last.nowNs < leaseDurationNs(timings) / timesPerLease) return;
  const uselessNs = nowNs - waivedDurationNs(timings);
  const kept = sentTimes.findIndex((sent) => sent.nowNs > uselessNs);
  sentTimes.splice(0, kept === -1 ? sentTimes.length : kept);
  sentTimes.push({ round, nowNs });
}

/** When the call of this round was sent; earlier rather than later when that is not held any more, 0 when unknown. */
export function sentTimeOf(role: LeaderRole, round: number): number {
  return role.sentTimes.findLast((sent) => sent.round <= round)?.nowNs ?? 0;
}

/**
 * Why this leader must ask the others before it answers a read; undefined while it holds a lease. Rules that are off only
 * say so.
 */
export function whyNoLease(step: StepContext, role: LeaderRole): Refusal | undefined {
  const { state, nowNs } = step;
  if (state.commitIndex < role.firstOwnIndex) {
    const reason = 'no entry of my own term is committed';
    const refusal = unlessOff(step, { rule: 'read-waits-for-own-term-commit', reason });
    if (refusal) return refusal;
  }
  // Whoever was asked to run may do so at any time, and nobody spares this leader then (dissertation §6.4.1).
  if (!role.leaseAllowed) return { rule, reason: 'I began to hand my office over in this term' };
  const sentNs = confirmedTimeNs(state, role);
  if (sentNs === 0) return { rule, reason: 'no majority has answered me in this term' };
  const agoNs = nowNs - sentNs;
  const durationNs = leaseDurationNs(state.timings);
  if (agoNs < durationNs) return undefined;
  const reason = `what a majority answered last was sent ${inMilliseconds(agoNs)} ago, and a lease lasts ${inMilliseconds(durationNs)}`;
  if (agoNs >= waivedDurationNs(state.timings)) return { rule, reason };
  return unlessOff(step, { rule, reason });
}

/** When the latest round that a majority has answered was sent; Infinity for a leader that is its own majority. */
function confirmedTimeNs(state: RaftState, role: LeaderRole): number {
  return quorumValue(state, (id) => {
    if (id === state.id) return { value: Infinity, storage: state.storage };
    const progress = role.progress.get(id);
    return { value: progress?.answeredSentNs ?? 0, storage: progress?.storage ?? 0 };
  });
}
