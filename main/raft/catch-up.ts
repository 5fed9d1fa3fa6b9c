/**
 * New voters get the log before they vote, in rounds (dissertation §4.2.1): "Each round replicates all the log entries
 * present in the leader's log at the start of the round […] The algorithm waits a fixed number of rounds (such as 10). If
 * the last round lasts less than an election timeout, then the leader adds the new server to the cluster".
 */
import { limits } from '../../shared/cluster-config.ts';
import type { Server } from '../../shared/configuration.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import { inMilliseconds } from './leader-contact.ts';
import { isSameServer } from './quorum.ts';
import type { CatchUp, LeaderRole, RaftState } from './state.ts';
import { emit, type StepContext } from './step-context.ts';

/** A new server that does not get on for so many election timeouts is given up. */
const patienceTimeouts = 10;

/** Where a catch-up stands: caught up, given up with a reason, or neither yet. */
export type CatchUpState = { readonly kind: 'caught-up' | 'goes-on' } | { readonly kind: 'given-up'; reason: string };

/** Round 1. @param servers that are to vote, with the folders that they are added with */
export function beginCatchUp(step: StepContext, role: LeaderRole, servers: readonly Server[]): CatchUp {
  const catchUp: CatchUp = { round: 0, targetIndex: 0, beganNs: 0, waitingFor: [], servers, reached: 0, movedNs: 0 };
  catchUp.reached = reachedBy(step.state, role, servers);
  catchUp.movedNs = step.nowNs;
  beginRound(step, catchUp);
  return catchUp;
}

function beginRound(step: StepContext, catchUp: CatchUp): void {
  const { state, nowNs } = step;
  catchUp.round += 1;
  catchUp.targetIndex = state.log.lastIndex;
  catchUp.beganNs = nowNs;
  catchUp.waitingFor = catchUp.servers.map(({ id }) => id);
  const whom = namesOf(catchUp.waitingFor);
  const reason = `round ${catchUp.round}: ${whom} to get all entries up to ${catchUp.targetIndex}`;
  emit(step, { type: 'membership-step', step: 'catch-up', term: state.term, reason });
}

/** Looks how far the new servers have got, and begins the next round when this one is over and took too long. */
export function followCatchUp(step: StepContext, role: LeaderRole, catchUp: CatchUp): CatchUpState {
  const { state, nowNs } = step;
  catchUp.waitingFor = catchUp.waitingFor.filter((id) => {
    const server = catchUp.servers.find((one) => one.id === id);
    return server !== undefined && matchIndexOf(state, role, server) < catchUp.targetIndex;
  });
  const reached = reachedBy(state, role, catchUp.servers);
  if (reached > catchUp.reached) Object.assign(catchUp, { reached, movedNs: nowNs });
  if (catchUp.waitingFor.length > 0) return whyStuck(step, catchUp);
  const tookNs = nowNs - catchUp.beganNs;
  if (tookNs < state.timings.electionTimeoutMinMs * nanosecondsPerMillisecond) return { kind: 'caught-up' };
  if (catchUp.round >= limits.catchUpRoundsMax) {
    const reason = `the ${catchUp.round}th round took ${inMilliseconds(tookNs)} still, longer than an election timeout. ${stays(catchUp)}: ask again when there is less to do`;
    return { kind: 'given-up', reason };
  }
  beginRound(step, catchUp);
  return { kind: 'goes-on' };
}

function whyStuck({ state, nowNs }: StepContext, catchUp: CatchUp): CatchUpState {
  const { waitingFor, movedNs, targetIndex } = catchUp;
  const patienceNs = patienceTimeouts * state.timings.electionTimeoutMaxMs * nanosecondsPerMillisecond;
  if (nowNs - movedNs < patienceNs) return { kind: 'goes-on' };
  const silence = inMilliseconds(nowNs - movedNs);
  const due = `${namesOf(waitingFor)} got nothing for ${silence}; entries up to ${targetIndex} were due`;
  return { kind: 'given-up', reason: `${due}. ${stays(catchUp)}: start what does not run, and ask again` };
}

/** Giving up takes no entry back: the new servers are in the configuration already, without a vote. */
function stays({ servers }: CatchUp): string {
  const names = namesOf(servers.map(({ id }) => id)).replace('n', 'N');
  return servers.length === 1 ? `${names} stays a learner` : `${names} stay learners`;
}

/** What it has on disk, in the folder that it is added with. */
function matchIndexOf(state: RaftState, role: LeaderRole, server: Server): number {
  const progress = role.progress.get(server.id);
  if (!progress || !isSameServer(state, server, { id: server.id, storage: progress.storage })) return 0;
  return progress.matchIndex;
}

/** Grows with every entry that one of them gets, and with every byte of a snapshot, which counts less than any entry. */
function reachedBy(state: RaftState, role: LeaderRole, servers: readonly Server[]): number {
  let reached = 0;
  for (const server of servers) {
    const snapshotBytes = role.progress.get(server.id)?.snapshot?.offset ?? 0;
    reached += matchIndexOf(state, role, server) * limits.snapshotBytesMax + snapshotBytes;
  }
  return reached;
}

function namesOf(ids: readonly number[]): string {
  return ids.length === 1 ? `node ${ids[0]}` : `nodes ${ids.join(', ')}`;
}
