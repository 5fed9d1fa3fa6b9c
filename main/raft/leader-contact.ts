/**
 * Whether there is a leader, as a follower hears it and as the leader itself can tell.
 */
import type { Server } from '../../shared/configuration.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { describeShare, isMajority, isSameServer, isVoter } from './quorum.ts';
import type { Refusal } from './refusal.ts';
import type { LeaderRole, RaftState } from './state.ts';

/**
 * Dissertation §4.2.3: "if a server receives a RequestVote request within the minimum election timeout of hearing from a
 * current leader, it does not update its term or grant its vote". A leader hears itself, and who has just started may have
 * heard one before. Undefined when it may vote. Whether the rule is on is for the caller to see.
 */
export function stickiness(state: RaftState, nowNs: number): Refusal | undefined {
  const { role } = state;
  if (role.name === 'leader') return { rule: 'leader-stickiness', reason: `I lead term ${state.term}` };
  const silenceNs = nowNs - state.leaderHeardNs;
  if (silenceNs >= state.timings.electionTimeoutMinMs * nanosecondsPerMillisecond) return undefined;
  const leaderId = role.name === 'follower' ? role.leaderId : null;
  const whom = leaderId === null ? 'a leader, or might have before I started,' : `the leader, node ${leaderId},`;
  return { rule: 'leader-stickiness', reason: `I heard from ${whom} ${inMilliseconds(silenceNs)} ago` };
}

/**
 * Dissertation §6.2: "a leader steps down if an election timeout elapses without a successful round of heartbeats to a
 * majority of its cluster". The reason to, or undefined when it may stay.
 */
export function whyLonely(state: RaftState, role: LeaderRole, nowNs: number): string | undefined {
  const patienceNs = state.timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
  const self = { id: state.id, storage: state.storage };
  const answers = (server: Server): boolean => {
    if (server.id === state.id) return isSameServer(state, server, self);
    const progress = role.progress.get(server.id);
    if (!progress || nowNs - progress.answeredNs >= patienceNs) return false;
    // Who has not answered in this term yet has its time too, with whatever folder it was added.
    return progress.storage === 0 || isSameServer(state, server, { id: server.id, storage: progress.storage });
  };
  if (isMajority(state, answers)) return undefined;
  const share = describeShare(state, answers);
  const own = isVoter(state) ? ', me included' : '';
  return `only ${share} answered for ${inMilliseconds(patienceNs)}${own}, and that is no majority`;
}

/**
 * A leader that can't write holds up everyone who waits for it, and a vote that can't be kept is none. The reason when the
 * oldest write under way has not come back for two election timeouts.
 */
export function whyDiskIsStuck(state: RaftState, nowNs: number): string | undefined {
  const oldest = state.pendingWrites[0];
  if (!oldest) return undefined;
  const patienceNs = 2 * state.timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
  const waitedNs = nowNs - oldest.sinceNs;
  if (waitedNs < patienceNs) return undefined;
  return `my disk has not answered for ${inMilliseconds(waitedNs)}`;
}

/** A duration as people read it. */
export function inMilliseconds(durationNs: number): string {
  return `${Math.round(durationNs / nanosecondsPerMillisecond)} ms`;
}
