/**
 * What a node host is made of beside core, disk and timer: the state machine, what feeds it, and who waits for it.
 */
import type { ClientAnswer } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock, EmitEvent, Storage, Transport } from '../ports.ts';
import type { CoreInput } from '../raft/contract.ts';
import { firstRoundOf, heartbeatIntervalNs, isRuleOn, type RaftState } from '../raft/state.ts';
import { Applier } from './applier.ts';
import { LogService } from './log-service.ts';
import { LogStateMachine } from './log-state-machine.ts';
import type { ServiceHost } from './service-host.ts';
import { SnapshotTaker } from './snapshot-taker.ts';
import type { EndCode } from './worker-messages.ts';

export interface NodeHostOptions {
  readonly state: RaftState;
  readonly storage: Storage;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly emit: EmitEvent;
  readonly answer: (requestId: string, result: Result<ClientAnswer>) => void;
  /** The node has given up and closed its ports. Called at most once, never after `stop`. */
  readonly onFailed: (code: EndCode, reason: string) => void;
  /** Default `limits.snapshotEveryEntries`. */
  readonly snapshotEveryEntries?: number;
  /** Default `limits.sessionsMax`; the same on every server of a cluster. */
  readonly sessionsMax?: number;
}

export interface NodeParts {
  readonly service: LogService;
  readonly snapshots: SnapshotTaker;
  readonly applier: Applier;
}

/**
 * @param input gives the core an input in the next turn
 * @param guard runs what may find that the node can't go on
 */
export function assembleParts(
  options: NodeHostOptions,
  input: (input: CoreInput) => void,
  guard: (action: () => void) => void,
): NodeParts {
  const { state, storage, clock, emit, answer } = options;
  const { sessionsMax = limits.sessionsMax, snapshotEveryEntries = limits.snapshotEveryEntries } = options;
  const firstRound = firstRoundOf(storage.recovered.boot, state.storage);
  const machine = new LogStateMachine({ sessionsMax, emit, isRuleOn: (rule) => isRuleOn(state, rule) });
  const host = createServiceHost(options);
  const service = new LogService({ host, machine, answer, firstRound });
  const snapshots = new SnapshotTaker({
    state,
    storage,
    machine,
    everyEntries: snapshotEveryEntries,
    nowNs: () => clock.nowNs(),
    emit,
    onSaved: (snapshot) => input({ type: 'snapshot-persisted', snapshot }),
    guard,
  });
  return { service, snapshots, applier: new Applier({ state, storage, machine, emit, service, snapshots }) };
}

function createServiceHost({ state, storage, transport, clock, emit }: NodeHostOptions): ServiceHost {
  return {
    storage,
    emit,
    nowNs: () => clock.nowNs(),
    leads: () => (state.role.name === 'leader' ? state.term : null),
    firstIndex: () => state.log.base.index + 1,
    retryNs: () => 2 * heartbeatIntervalNs(state),
    send: (to, message) => transport.send(to, message),
  };
}
