/**
 * Whether there is a leader, as a follower hears it and as the leader itself can tell.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { majorityOf } from './quorum.ts';
import type { Refusal } from './refusal.ts';
import { isRuleOn, type LeaderRole, type RaftState } from './state.ts';

/**
 * Dissertation §4.2.3: "if a server receives a RequestVote request within the minimum election timeout of hearing from a
 * current leader, it does not update its term or grant its vote". A leader hears itself. Undefined when it may vote.
 */
export function stickiness(state: RaftState, nowNs: number): Refusal | undefined {
  if (!isRuleOn(state, 'leader-stickiness')) return undefined;
  const { role } = state;
  if (role.name === 'leader') return { rule: 'leader-stickiness', reason: `I lead term ${state.term}` };
  if (role.name !== 'follower' || role.leaderId === null) return undefined;
  const silenceNs = nowNs - state.lastHeardNs;
  if (silenceNs >= state.timings.electionTimeoutMinMs * nanosecondsPerMillisecond) return undefined;
  const reason = `I heard from the leader, node ${role.leaderId}, ${inMilliseconds(silenceNs)} ago`;
  return { rule: 'leader-stickiness', reason };
}

/**
 * Dissertation §6.2: "a leader steps down if an election timeout elapses without a successful round of heartbeats to a
 * majority of its cluster". The reason to, or undefined when it may stay.
 */
export function whyLonely(state: RaftState, role: LeaderRole, nowNs: number): string | undefined {
  if (!isRuleOn(state, 'check-quorum')) return undefined;
  const patienceNs = state.timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
  const answering = [...role.progress.values()].filter(({ answeredNs }) => nowNs - answeredNs < patienceNs).length + 1;
  if (answering >= majorityOf(state.voters.length)) return undefined;
  const others = answering === 1 ? 'nobody' : `only ${answering - 1} of ${state.voters.length - 1}`;
  return `${others} answered me for ${inMilliseconds(patienceNs)}, and I am no majority`;
}

/** A duration as people read it. */
export function inMilliseconds(durationNs: number): string {
  return `${Math.round(durationNs / nanosecondsPerMillisecond)} ms`;
}
