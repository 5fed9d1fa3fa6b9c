/**
 * Puts a simulated cluster together from a plan's setting: world, network, servers.
 */
import { parse } from 'uuid';
import type { EventBody } from '../../shared/event.ts';
import { labSourceId, storageNumberOf, type BootId, type NodeId, type StorageId } from '../../shared/ids.ts';
import { seedFor } from '../../shared/random.ts';
import { createNetworkFaults, type NetworkFaults } from '../faults/network-faults.ts';
import { createLamportClock } from '../lamport-clock.ts';
import { createDatagramTransport } from '../net/datagram-transport.ts';
import { keyFromClusterId } from '../node/cluster-key.ts';
import type { Transport } from '../ports.ts';
import { ByteDatagrams, memberOf, type ByteCargo } from './byte-datagrams.ts';
import { Draws } from './draws.ts';
import { ByteFolder, MemoryFolder, type Folder } from './folder.ts';
import { MessageTransport, type MessageCargo } from './message-transport.ts';
import { Network } from './network.ts';
import type { Plan } from './plan.ts';
import type { SimContext } from './sim-context.ts';
import { SimNode } from './sim-node.ts';
import type { SimProcess } from './sim-process.ts';
import { Stamper, type OnEvent } from './stamper.ts';
import { World } from './world.ts';

export interface SimCluster {
  readonly world: World;
  readonly lab: Stamper;
  readonly nodes: readonly SimNode[];
  readonly faults: NetworkFaults;
  /** Launches every server; before that nothing has happened. */
  readonly start: () => void;
  /** Datagrams that were sent. */
  readonly messages: () => number;
}

/** @param onEnded told of every end of a process */
export function createCluster(plan: Plan, onEvent: OnEvent, onEnded: SimContext['onEnded']): SimCluster {
  const { seed, setting } = plan;
  const world = new World();
  const seedOf = (name: string): number => seedFor(seed, name);
  const lab = new Stamper(labSourceId, 1, createLamportClock(), world, onEvent);
  const faults = createNetworkFaults(seedOf('network faults'));
  const ids = Array.from({ length: plan.servers + plan.spares }, (_, id) => id);
  const members = ids.map(memberOf);
  const clusterId = uuidOf(seedOf('cluster'), 0);
  const folders = new FolderMaker(plan, seedOf);
  const wire = createWire(plan, world, faults, seedOf);
  const { timings, tuning, rulesOff, snapshotEveryEntries, sessionsMax } = setting;
  const context: SimContext = {
    world,
    lab,
    onEvent,
    members,
    timings,
    tuning,
    rulesOff,
    snapshotEveryEntries,
    sessionsMax,
    seedOf,
    onEnded,
    bootstrap: {
      voters: ids.slice(0, plan.servers).map((id) => ({ id, storage: storageNumberOf(folders.storageIdOf(id, 0)) })),
      outgoing: [],
      learners: [],
    },
    newFolder: (id, bootAfter) => folders.make(id, bootAfter),
    createTransport: (stamper, process, currentTerm) =>
      wire.connect({ stamper, process, currentTerm, members, clusterId }),
  };
  const started: EventBody = {
    type: 'cluster-started',
    clusterId,
    members: members.slice(0, plan.servers),
    timings,
    folder: `seed ${seed}`,
  };
  const nodes = ids.map((id) => new SimNode(id, context));
  const start = (): void => {
    lab.emit(started);
    for (const node of nodes) node.launch();
  };
  return { world, lab, nodes, faults, start, messages: () => wire.sent() };
}

class FolderMaker {
  readonly #plan: Plan;
  readonly #seedOf: (name: string) => number;
  readonly #made = new Map<NodeId, number>();

  constructor(plan: Plan, seedOf: (name: string) => number) {
    this.#plan = plan;
    this.#seedOf = seedOf;
  }

  /** @param number how many folders this server had before */
  storageIdOf(id: NodeId, number: number): StorageId {
    return uuidOf(this.#seedOf(`folder ${number} of ${id}`), id * 1_000 + number);
  }

  make(id: NodeId, bootAfter: BootId): Folder {
    const number = this.#made.get(id) ?? 0;
    this.#made.set(id, number + 1);
    const storageId = this.storageIdOf(id, number);
    const draws = new Draws(this.#plan.seed, `disk ${storageId}`);
    const { level, flush } = this.#plan.setting;
    return level === 'bytes'
      ? new ByteFolder(storageId, bootAfter, draws)
      : new MemoryFolder(storageId, bootAfter, flush, draws);
  }
}

interface Connection {
  readonly stamper: Stamper;
  readonly process: SimProcess;
  readonly currentTerm: () => number;
  readonly members: SimContext['members'];
  readonly clusterId: string;
}

interface Wire {
  sent(): number;
  connect(connection: Connection): Transport;
}

function createWire(
  { seed, setting }: Plan,
  world: World,
  faults: NetworkFaults,
  seedOf: (name: string) => number,
): Wire {
  if (setting.level === 'upper') {
    const network = new Network<MessageCargo>(world, faults, setting.latency, seed);
    return {
      sent: () => network.sent,
      connect: ({ stamper, process, members }) =>
        new MessageTransport(stamper, network, process, (id) => members.some((member) => member.id === id)),
    };
  }
  const network = new Network<ByteCargo>(world, faults, setting.latency, seed);
  return {
    sent: () => network.sent,
    connect: ({ stamper, process, currentTerm, members, clusterId }) => {
      const { node: self, boot, lamport, emit } = stamper;
      let made = 0;
      const newUuid = (): string => {
        made += 1;
        return uuidOf(seedOf(`calls of ${self}`), boot * 4_294_967_296 + made);
      };
      const datagrams = new ByteDatagrams(stamper, network, process, parse(clusterId));
      return createDatagramTransport({
        self,
        boot,
        clusterId,
        members,
        key: keyFromClusterId(clusterId),
        datagrams,
        emit,
        lamport,
        newUuid,
        nowNs: () => world.nowNs,
        currentTerm,
      });
    },
  };
}

/** A version 4 uuid in form: the first 32 bits of `first`, the last 48 of `last`. */
function uuidOf(first: number, last: number): string {
  const head = (first >>> 0).toString(16).padStart(8, '0');
  return `${head}-${hex4(last >>> 16)}-4000-8000-${last.toString(16).padStart(12, '0').slice(-12)}`;
}

function hex4(value: number): string {
  return (value & 0xffff).toString(16).padStart(4, '0');
}
