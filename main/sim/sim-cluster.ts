/**
 * Puts a simulated cluster together: world, network, folders, servers.
 */
import { parse } from 'uuid';
import type { NetworkDelay } from '../../shared/cluster-config.ts';
import { labSourceId, storageNumberOf, type ClusterId } from '../../shared/ids.ts';
import { seedFor } from '../../shared/random.ts';
import { createNetworkFaults, type NetworkFaults } from '../faults/network-faults.ts';
import { createLamportClock } from '../lamport-clock.ts';
import { createDatagramTransport } from '../net/datagram-transport.ts';
import { keyFromClusterId } from '../node/cluster-key.ts';
import type { Transport } from '../ports.ts';
import { ByteDatagrams, memberOf, type ByteCargo } from './byte-datagrams.ts';
import { Folders } from './folders.ts';
import { MessageTransport, type MessageCargo } from './message-transport.ts';
import { Network } from './network.ts';
import type { Setting } from './plan.ts';
import type { SimContext } from './sim-context.ts';
import { SimNode } from './sim-node.ts';
import type { SimProcess } from './sim-process.ts';
import { Stamper, type OnEvent } from './stamper.ts';
import { uuidOf } from './uuid-of.ts';
import { World } from './world.ts';

/** What a cluster is made of. A plan is one. */
export interface ClusterSetup {
  readonly seed: number;
  /** Voters at the start: 0 to `servers` − 1. */
  readonly servers: number;
  /** Servers behind them that run and may be added. */
  readonly spares: number;
  readonly setting: Setting;
  /** What the stream says of the network, where its latency was asked for. */
  readonly networkDelay?: NetworkDelay | undefined;
}

/** What is there before a cluster, and stays behind it. */
export interface ClusterHome {
  readonly world: World;
  readonly lab: Stamper;
  readonly clusterId: ClusterId;
  /** What the stream calls its folder. */
  readonly name: string;
  readonly folders: Folders;
}

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
export function createCluster(setup: ClusterSetup, onEvent: OnEvent, onEnded: SimContext['onEnded']): SimCluster {
  const { seed } = setup;
  const world = new World();
  const lab = new Stamper(labSourceId, 1, createLamportClock(), world, onEvent);
  const clusterId = uuidOf(seedFor(seed, 'cluster'), 0);
  const folders = new Folders(seed, setup.setting);
  return createClusterAt({ world, lab, clusterId, name: `seed ${seed}`, folders }, setup, onEvent, onEnded);
}

/** The same in a world that goes on, on folders that there may have been before. */
export function createClusterAt(
  home: ClusterHome,
  setup: ClusterSetup,
  onEvent: OnEvent,
  onEnded: SimContext['onEnded'],
): SimCluster {
  const { world, lab, clusterId, name, folders } = home;
  const { seed, servers, spares, setting, networkDelay } = setup;
  const seedOf = (purpose: string): number => seedFor(seed, purpose);
  const faults = createNetworkFaults(seedOf('network faults'));
  const ids = Array.from({ length: servers + spares }, (_, id) => id);
  const members = ids.map(memberOf);
  const wire = createWire(setup, world, faults, seedOf);
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
    folders,
    bootstrap: {
      voters: ids.slice(0, servers).map((id) => ({ id, storage: storageNumberOf(folders.firstIdOf(id)) })),
      outgoing: [],
      learners: [],
    },
    createTransport: (stamper, process, currentTerm) =>
      wire.connect({ stamper, process, currentTerm, members, clusterId }),
  };
  const nodes = ids.map((id) => new SimNode(id, context));
  const start = (): void => {
    const began = { type: 'cluster-started', clusterId, members, timings, folder: name } as const;
    lab.emit({ ...began, world: 'simulated', seed, ...(networkDelay && { networkDelay }) });
    for (const node of nodes) node.launch();
  };
  return { world, lab, nodes, faults, start, messages: () => wire.sent() };
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
  { seed, setting }: ClusterSetup,
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
