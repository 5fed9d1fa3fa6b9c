/**
 * What a node host is made of beside core, disk and timer: the state machine, what feeds it, and who waits for it.
 */
import type { ClientAnswer } from '../../shared/client-request.ts';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import { serversOf } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ServiceMessage } from '../../shared/raft-message.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock, EmitEvent, Storage, Transport } from '../ports.ts';
import type { CoreInput } from '../raft/contract.ts';
import {
  configurationOf,
  firstRoundOf,
  heartbeatIntervalNs,
  isRuleOn,
  knownLeader,
  type RaftState,
} from '../raft/state.ts';
import { Applier } from './applier.ts';
import { ClientDoor } from './client-door.ts';
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
  /** Where another member is believed to be, for clients from outside. Without it they are not told who leads. */
  readonly addressOf?: (id: NodeId) => Address | undefined;
  /** Default `limits.snapshotEveryEntries`. */
  readonly snapshotEveryEntries?: number;
  /** Default `limits.sessionsMax`; the same on every server of a cluster. */
  readonly sessionsMax?: number;
}

export interface NodeParts {
  readonly service: LogService;
  readonly door: ClientDoor;
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
  const { state, storage, transport, clock, emit, answer } = options;
  const { sessionsMax = limits.sessionsMax, snapshotEveryEntries = limits.snapshotEveryEntries } = options;
  const firstRound = firstRoundOf(storage.recovered.boot, state.storage);
  const machine = new LogStateMachine({ sessionsMax, emit, isRuleOn: (rule) => isRuleOn(state, rule) });
  const host = createServiceHost(options);
  const door = new ClientDoor({
    take: (asker, request, timeoutMs) => service.request(asker, request, timeoutMs),
    leader: () => leaderOf(options),
    send: (to, reply) => transport.send(to, reply),
  });
  const service: LogService = new LogService({
    host,
    machine,
    answer: (asker, result) => (asker.kind === 'client' ? answer(asker.requestId, result) : door.answer(asker, result)),
    firstRound,
  });
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
  return { service, door, snapshots, applier: new Applier({ state, storage, machine, emit, service, snapshots }) };
}

export function takeServiceMessage({ service, door }: NodeParts, from: NodeId, message: ServiceMessage): void {
  if (message.kind === 'client-call') door.onCall(from, message);
  // Servers ask nobody this way.
  else if (message.kind !== 'client-call-reply') service.onMessage(from, message);
}

/** Everyone who waits is answered. */
export function stopServing({ service, door }: NodeParts): void {
  service.stop();
  door.flush();
}

function leaderOf({ state, addressOf }: NodeHostOptions): Member | null {
  const id = knownLeader(state);
  const address = id === null ? undefined : addressOf?.(id);
  return id === null || address === undefined ? null : { id, address };
}

function createServiceHost({ state, storage, transport, clock, emit }: NodeHostOptions): ServiceHost {
  return {
    storage,
    emit,
    nowNs: () => clock.nowNs(),
    leads: () => (state.role.name === 'leader' ? state.term : null),
    isMember: () => serversOf(configurationOf(state)).includes(state.id),
    firstIndex: () => state.log.base.index + 1,
    retryNs: () => 2 * heartbeatIntervalNs(state),
    send: (to, message) => transport.send(to, message),
  };
}
