/**
 * The whole state of one server: plain data that can be cloned and compared. `step` changes it in place.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { Timings } from '../../shared/cluster-config.ts';
import type { Configuration, PlacedConfiguration, SnapshotMeta } from '../../shared/configuration.ts';
import type { TermRun } from '../../shared/event.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { HandedOver, Role } from './role.ts';
import { defaultTuning, type Tuning } from './tuning.ts';
import { createLogShape, type LogShape } from './log-shape.ts';

import { drawInteger } from '../../shared/random.ts';

export type {
  CandidateRole,
  CatchUp,
  FollowerRole,
  ForwardedRead,
  HandedOver,
  LeaderRole,
  PendingChange,
  PendingRead,
  PendingTransfer,
  Progress,
  Role,
  SnapshotTransfer,
} from './role.ts';

export { defaultTuning, type Tuning } from './tuning.ts';

export interface RaftState {
  readonly id: NodeId;
  /** `storageNumberOf` its folder. */
  readonly storage: number;
  timings: Timings;
  readonly tuning: Tuning;
  /** Rules that are switched off, for those who want to see what they are good for. */
  rulesOff: readonly RuleId[];

  /** Persistent (Figure 2). */
  term: number;
  votedFor: NodeId | null;
  readonly log: LogShape;
  /** Ascending; never empty. The last one is in force, committed or not (Raft §6). */
  configurations: PlacedConfiguration[];
  /** The latest snapshot on disk. */
  snapshot: SnapshotMeta | null;

  commitIndex: number;
  role: Role;
  /** A snapshot that is being received. */
  incoming: { readonly meta: SnapshotMeta; nextOffset: number } | null;
  /** Set between the loss of the office in a transfer and the first word of a leader. */
  handedOver: HandedOver | null;

  /** State of chance, see random.ts. */
  random: number;
  /** Numbers the calls of this boot, see `firstRoundOf`. */
  nextRound: number;

  electionDeadlineNs: number;
  electionTimeoutNs: number;
  /** When this server last heard from a leader, granted a vote, or started. */
  lastHeardNs: number;
  /** When it last heard from a leader, or started: before that it may have promised a leader not to vote (§4.2.3). */
  leaderHeardNs: number;

  lastWrite: number;
  persistedWrite: number;
  /** The last index that is on disk and has not been truncated since. */
  persistedIndex: number;
  /** Writes under way, with the last index that each will make durable and when it was begun. */
  pendingWrites: { readonly write: number; lastIndex: number; readonly sinceNs: number }[];
}

/** What a start finds on disk, and who the server is. */
export interface InitialState {
  readonly id: NodeId;
  readonly storage: number;
  readonly boot: BootId;
  /** What the cluster was started with; holds until a snapshot or an entry says otherwise. */
  readonly bootstrap: Configuration;
  readonly timings: Timings;
  readonly seed: number;
  /** None by default. */
  readonly rulesOff?: readonly RuleId[];
  readonly tuning?: Partial<Tuning>;
  readonly term: number;
  readonly votedFor: NodeId | null;
  /** See `RecoveredState` for the rest. */
  readonly lastIndex: number;
  readonly termRuns: readonly TermRun[];
  readonly entrySizes: readonly number[];
  readonly snapshot?: SnapshotMeta | null;
  readonly compacted?: { readonly index: number; readonly term: number };
  readonly configurations?: readonly PlacedConfiguration[];
}

/** A server that has just started: a follower that knows no leader (Raft §5.2). */
export function createState(initial: InitialState, nowNs: number): RaftState {
  const { snapshot = null, compacted = { index: 0, term: 0 } } = initial;
  const state: RaftState = {
    id: initial.id,
    storage: initial.storage,
    timings: initial.timings,
    tuning: { ...defaultTuning, ...initial.tuning },
    rulesOff: initial.rulesOff ?? [],
    term: initial.term,
    votedFor: initial.votedFor,
    log: createLogShape(compacted, initial.lastIndex, initial.termRuns, initial.entrySizes),
    configurations: knownConfigurations(initial),
    snapshot,
    commitIndex: snapshot?.lastIncludedIndex ?? 0,
    role: { name: 'follower', leaderId: null, forwardedReads: [], preVote: null },
    incoming: null,
    handedOver: null,
    random: initial.seed | 0,
    nextRound: firstRoundOf(initial.boot, initial.storage),
    electionDeadlineNs: 0,
    electionTimeoutNs: 0,
    lastHeardNs: nowNs,
    leaderHeardNs: nowNs,
    lastWrite: 0,
    persistedWrite: 0,
    persistedIndex: initial.lastIndex,
    pendingWrites: [],
  };
  resetElectionTimer(state, nowNs);
  return state;
}

/** The one to begin with, and those of the log behind it. */
function knownConfigurations({ bootstrap, snapshot, configurations = [] }: InitialState): PlacedConfiguration[] {
  const first: PlacedConfiguration = snapshot
    ? { index: snapshot.configurationIndex, configuration: snapshot.configuration }
    : { index: 0, configuration: bootstrap };
  return [first, ...configurations.filter(({ index }) => index > first.index)];
}

/** The configuration in force: the latest one in snapshot and log (Raft §6). */
export function configurationOf(state: RaftState): Configuration {
  return placedConfigurationOf(state).configuration;
}

export function placedConfigurationOf({ configurations }: RaftState): PlacedConfiguration {
  const last = configurations.at(-1);
  if (!last) throw new Error('a server always has a configuration');
  return last;
}

/** The configuration that was in force when the entry at `index` had been appended. */
export function configurationAt({ configurations }: RaftState, index: number): PlacedConfiguration {
  const found = configurations.findLast((placed) => placed.index <= index) ?? configurations[0];
  if (!found) throw new Error('a server always has a configuration');
  return found;
}

/** Draws a new election timeout and counts it from now (Raft §5.2: chosen randomly to prevent split votes). */
export function resetElectionTimer(state: RaftState, nowNs: number): void {
  const { electionTimeoutMinMs, electionTimeoutMaxMs } = state.timings;
  state.electionTimeoutNs = drawInteger(
    state,
    electionTimeoutMinMs * nanosecondsPerMillisecond,
    electionTimeoutMaxMs * nanosecondsPerMillisecond,
  );
  state.electionDeadlineNs = nowNs + state.electionTimeoutNs;
}

export function heartbeatIntervalNs(state: RaftState): number {
  return state.timings.heartbeatIntervalMs * nanosecondsPerMillisecond;
}

export function isRuleOn(state: RaftState, rule: RuleId): boolean {
  return !state.rulesOff.includes(rule);
}

/** The leader that this server would send a client to, itself included. */
export function knownLeader(state: RaftState): NodeId | null {
  if (state.role.name === 'leader') return state.id;
  return state.role.name === 'follower' ? state.role.leaderId : null;
}

/**
 * The number of a boot's first call: boots are 2³² apart, so that no answer to an earlier one fits. A lost folder begins
 * again with boot 1: what comes from the folder's own number keeps the calls of both lives apart.
 */
export function firstRoundOf(boot: BootId, storage: number): number {
  return boot * 4_294_967_296 + (storage % 2_147_483_648) + 1;
}

export function takeRound(state: RaftState): number {
  const round = state.nextRound;
  state.nextRound += 1;
  return round;
}
