/**
 * The core's first state, from what is on the disk.
 */
import { votersOnly, type PlacedConfiguration, type Server } from '../../shared/configuration.ts';
import type { Address, Timings } from '../../shared/cluster-config.ts';
import { storageNumberOf, type NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { EventBody, EventOf } from '../../shared/event.ts';
import type { RecoveredState } from '../ports.ts';
import type { NodeOptions } from './worker-messages.ts';
import { createState, placedConfigurationOf, type InitialState, type RaftState } from '../raft/state.ts';

export interface NodeSettings {
  readonly id: NodeId;
  /** Who votes until a snapshot or an entry says otherwise, with whatever folders they have. */
  readonly voters: readonly NodeId[];
  /** In the place of `voters`: the same, each with its folder. */
  readonly founders?: readonly Server[] | undefined;
  readonly timings: Timings;
  /** Of the core's chance: any 32-bit integer. */
  readonly seed: number;
  readonly rulesOff?: readonly RuleId[];
  readonly tuning?: InitialState['tuning'];
}

export function recoverState(settings: NodeSettings, recovered: RecoveredState, nowNs: number): RaftState {
  const { id, voters, founders, timings, seed, rulesOff = [], tuning = {} } = settings;
  const { storageId, boot, hardState, lastIndex, termRuns, entrySizes, snapshot, compacted, configurations } =
    recovered;
  const bootstrap = { ...votersOnly(voters), ...(founders && { voters: founders }) };
  const storage = storageNumberOf(storageId);
  const start = { id, storage, boot, bootstrap, timings, seed, rulesOff, tuning };
  return createState(
    { ...start, ...hardState, lastIndex, termRuns, entrySizes, snapshot, compacted, configurations },
    nowNs,
  );
}

/** What the stream hears of the disk at a start. */
export function describeRecovered(
  { storageId, hardState, lastIndex, termRuns, snapshot }: RecoveredState,
  state: RaftState,
): Pick<
  EventOf<'node-started'>,
  'storageId' | 'term' | 'votedFor' | 'lastIndex' | 'termRuns' | 'snapshot' | 'configuration'
> {
  const configuration: PlacedConfiguration = placedConfigurationOf(state);
  const { lastIncludedIndex, lastIncludedTerm } = snapshot ?? { lastIncludedIndex: 0, lastIncludedTerm: 0 };
  const covered = { lastIncludedIndex, lastIncludedTerm };
  return { storageId, ...hardState, lastIndex, termRuns, snapshot: covered, configuration };
}

/** What a server says of its start, before anything else. */
export function startEvents(
  { members, timings }: Pick<NodeOptions, 'members' | 'timings'>,
  recovered: RecoveredState,
  state: RaftState,
  address: Address,
): EventBody[] {
  const { rulesOff } = state;
  return [
    { type: 'node-started', address, members, timings, rulesOff, ...describeRecovered(recovered, state) },
    ...recovered.repairs.map((repair) => ({ type: 'log-repaired' as const, ...repair })),
  ];
}
