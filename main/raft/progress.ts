/**
 * What a leader knows of a follower (Raft Figure 2: nextIndex, matchIndex; dissertation §10.2.2).
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { sentTimeOf } from './lease.ts';
import { emit, type StepContext } from './step-context.ts';
import type { LeaderRole, Progress, RaftState } from './state.ts';

/** What a leader knows of a follower that it has not heard from in this term. */
export function newProgress(nextIndex: number, nowNs: number): Progress {
  return {
    mode: 'probe',
    nextIndex,
    matchIndex: 0,
    inFlight: [],
    snapshot: null,
    answeredRound: 0,
    answeredSentNs: 0,
    answeredNs: nowNs,
    refusedRound: 0,
    storage: 0,
  };
}

export function leaderOf(step: StepContext): LeaderRole {
  const { role } = step.state;
  if (role.name !== 'leader') throw new Error(`only a leader replicates, this is a ${role.name}`);
  return role;
}

/** In whatever way it answered: at the time of that call it took this server for the leader of the term. */
export function noteAnswer(
  step: StepContext,
  role: LeaderRole,
  progress: Progress,
  { round, storage }: { readonly round: number; readonly storage: number },
): void {
  progress.answeredNs = step.nowNs;
  if (round > progress.answeredRound) {
    progress.answeredRound = round;
    progress.answeredSentNs = sentTimeOf(role, round);
  }
  if (progress.storage === storage) return;
  // It came back with another folder: what it acknowledged from the old one is not there (rule `no-amnesia`).
  if (progress.storage !== 0) {
    const { lastIndex } = step.state.log;
    Object.assign(progress, { mode: 'probe', nextIndex: lastIndex + 1, matchIndex: 0, inFlight: [], snapshot: null });
    progress.refusedRound = round - 1;
  }
  progress.storage = storage;
}

export function announceProgress(step: StepContext, follower: NodeId, progress: Progress, reason: string): void {
  const { mode, matchIndex, nextIndex } = progress;
  emit(step, { type: 'follower-progress', follower, mode, matchIndex, nextIndex, reason });
}

/** A follower that has not answered for an election timeout is taken for gone. */
export function isAnswering({ timings }: RaftState, { answeredNs }: Progress, nowNs: number): boolean {
  return nowNs - answeredNs < timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
}
