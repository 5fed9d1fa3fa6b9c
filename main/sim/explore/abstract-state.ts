/**
 * The abstract view that makes an exhaustive search end: timers may fire at any time, so no time is kept; the network is
 * a set of messages that are never removed, so loss, delay, reordering and repetition are all covered; calls are told apart
 * by their term and not by their number; disks are as fast as the core. Everything else is the real core's state.
 */
import type { NodeId } from '../../../shared/ids.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { ConsensusMessage } from '../../../shared/raft-message.ts';
import type { RuleId } from '../../../shared/rules.ts';
import { createState, type Progress, type RaftState, type Role, type Tuning } from '../../raft/state.ts';

/** Later than every deadline, so that a timer that is asked fires. */
export const nowNs = 1_000_000_000_000;

/** A message and its way. Interned: the same message is the same object, with the same number. */
export interface Flight {
  readonly number: number;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly message: ConsensusMessage;
}

/** An entry that was committed somewhere: its term, and the term in which that happened. */
export interface Committed {
  readonly term: number;
  readonly inTerm: number;
}

/** One state of the whole cluster. Never changed; a step makes another one that shares what stays. */
export interface World {
  readonly servers: readonly RaftState[];
  /** Numbers of flights, ascending. */
  readonly flights: readonly number[];
  readonly crashes: number;
  readonly proposals: number;
  /** What must hold later depends on what was: who led each term, and what was committed. */
  readonly leaders: readonly (NodeId | undefined)[];
  readonly committed: readonly Committed[];
}

/** Searches do without pre-votes and leases: they only take behaviour away. */
const withoutExtras: readonly RuleId[] = ['pre-vote', 'leader-stickiness', 'check-quorum'];

/** @param entriesMax how many entries a message carries at most */
export function firstWorld(size: number, rulesOff: readonly RuleId[], entriesMax?: number): World {
  const ids = Array.from({ length: size }, (_, id) => id);
  const tuning = entriesMax === undefined ? {} : { appendEntriesCountMax: entriesMax };
  const servers = ids.map((id) => normalize(startServer(id, ids, rulesOff, tuning, { term: 0, votedFor: null })));
  return { servers, flights: [], crashes: 0, proposals: 0, leaders: [], committed: [] };
}

function startServer(
  id: NodeId,
  ids: readonly NodeId[],
  rulesOff: readonly RuleId[],
  tuning: Partial<Tuning>,
  { term, votedFor }: { readonly term: number; readonly votedFor: NodeId | null },
): RaftState {
  const bootstrap = votersOnly(ids);
  const off = [...withoutExtras, ...rulesOff.filter((rule) => !withoutExtras.includes(rule))];
  const log = { lastIndex: 0, termRuns: [], entrySizes: [] };
  return createState(
    {
      id,
      storage: 0,
      boot: 0,
      bootstrap,
      timings: paperTimings,
      seed: 1,
      rulesOff: off,
      tuning,
      term,
      votedFor,
      ...log,
    },
    0,
  );
}

/** A crash and a start again: what is on disk stays, and that is term, vote and log. */
export function restarted(server: RaftState, size: number): RaftState {
  const ids = Array.from({ length: size }, (_, id) => id);
  const fresh = startServer(server.id, ids, server.rulesOff, server.tuning, server);
  const { base, runs, lastIndex, sizes } = server.log;
  Object.assign(fresh.log, { base, runs: [...runs], lastIndex, sizes: [...sizes] });
  fresh.persistedIndex = lastIndex;
  return normalize(fresh);
}

/** A copy that a step may change. */
export function cloneServer(server: RaftState): RaftState {
  const { base, runs, lastIndex, sizes } = server.log;
  return {
    ...server,
    log: { base, runs: [...runs], lastIndex, sizes: [...sizes] },
    configurations: [...server.configurations],
    role: cloneRole(server.role),
    pendingWrites: [],
  };
}

function cloneRole(role: Role): Role {
  switch (role.name) {
    case 'follower':
      return { ...role, forwardedReads: [] };
    case 'candidate':
      return { ...role, votes: [...role.votes] };
    default: {
      const progress = [...role.progress].map(([id, one]): [NodeId, Progress] => [
        id,
        { ...one, inFlight: [...one.inFlight] },
      ]);
      return { ...role, progress: new Map(progress), pendingReads: [], sentTimes: [] };
    }
  }
}

/** Takes out what the abstract view leaves out: times, chance, and the numbers of calls and writes. */
export function normalize(server: RaftState): RaftState {
  server.random = 0;
  server.nextRound = 1;
  server.electionDeadlineNs = 0;
  server.electionTimeoutNs = 0;
  server.lastHeardNs = 0;
  server.leaderHeardNs = 0;
  server.lastWrite = 0;
  server.persistedWrite = 0;
  const { role } = server;
  if (role.name === 'candidate') server.role = { ...role, round: server.term, ownVoteWrite: 0 };
  if (role.name === 'leader') {
    role.heartbeatDeadlineNs = 0;
    role.held = null;
    role.sentTimes.length = 0;
    for (const progress of role.progress.values()) {
      progress.answeredRound = 0;
      progress.answeredNs = 0;
      progress.answeredSentNs = 0;
      progress.refusedRound = 0;
      progress.inFlight = progress.inFlight.map(({ lastIndex }) => ({ round: 0, lastIndex, bytes: 0 }));
    }
  }
  return server;
}
