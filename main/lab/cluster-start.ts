/**
 * How a cluster comes about: ports that are free, a record in its folder, and its nodes launched. A port that is
 * snatched between the look and the launch costs another try on the next block.
 */
import {
  defaultHost,
  portBlocksTriedMax,
  portBlockStep,
  type Member,
  type Timings,
} from '../../shared/cluster-config.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { findFreePortBlock, PortBlock } from '../net/udp-port-block.ts';
import { Cluster } from './cluster.ts';
import type { ClusterOptions, RunOptions } from './cluster-options.ts';
import { saveMembers, type ClusterFolder } from './cluster-folder.ts';
import type { EventStream } from './event-stream.ts';
import type { NodeBounds, NodeLaunch } from './node-life.ts';
import type { SpawnNode } from './spawn-node.ts';

export interface ClusterStart extends RunOptions {
  readonly stream: EventStream;
  readonly spawn: SpawnNode;
  readonly findPortBlock: typeof findFreePortBlock;
  readonly folder: ClusterFolder;
  readonly nodes: number;
  /** First port that is tried. */
  readonly basePort: number;
  readonly timings: Timings;
  readonly bounds?: NodeBounds;
  /** Called with each cluster that is tried, before its nodes start; commands may reach it from then on. */
  readonly onCluster: (cluster: Cluster) => void;
}

/** How often a block is tried that looked free. */
const launchesMax = 5;

/**
 * Settles when every node is ready or has ended. A cluster of which some nodes did not start runs without them; one of
 * which none did is stopped again, and the failure says why.
 */
export async function startCluster(start: ClusterStart): Promise<Result<Cluster>> {
  let from = start.basePort;
  for (let launch = 1; launch <= launchesMax; launch += 1) {
    const block = await start.findPortBlock({
      host: defaultHost,
      basePort: from,
      count: start.nodes,
      step: portBlockStep,
      blocksMax: portBlocksTriedMax,
    });
    if (!block.ok) return block;
    const launched = await launchOn(block.value, start);
    if (launched !== 'port-taken') return launched;
    from = block.value.basePort + portBlockStep;
  }
  return fail(
    'unusable',
    `Other programs took the ports from ${start.basePort} on, ${launchesMax} times in a row. Try again, or start from another port.`,
  );
}

async function launchOn(block: PortBlock, start: ClusterStart): Promise<Result<Cluster> | 'port-taken'> {
  const members = membersOn(block.basePort, start.nodes);
  const saved = saveMembers(start.folder, members);
  if (!saved.ok) return saved;
  reportMove(start, block);
  const cluster = new Cluster({ ...clusterOptions(start), members });
  start.onCluster(cluster);
  const launches = [...(await cluster.launchAll()).values()];
  if (launches.some((launch) => !launch.ok && launch.end.code === 'port-taken')) {
    await cluster.stop('Another program took a port meanwhile; the next block is tried.');
    return 'port-taken';
  }
  if (launches.some((launch) => launch.ok)) return succeed(cluster);
  const reason = firstReason(launches);
  await cluster.stop(`No node started: ${reason}`);
  return fail('unusable', `No node started: ${reason}`);
}

function clusterOptions(start: ClusterStart): Omit<ClusterOptions, 'members'> {
  const { stream, spawn, folder, timings, bounds, rulesOff, snapshotEveryEntries, seed, networkDelay } = start;
  return {
    stream,
    spawn,
    folder,
    timings,
    rulesOff,
    snapshotEveryEntries,
    seed,
    networkDelay,
    ...(bounds && { bounds }),
  };
}

function membersOn(basePort: number, nodes: number): Member[] {
  return Array.from({ length: nodes }, (_, id) => ({ id, address: { host: defaultHost, port: basePort + id } }));
}

function reportMove(start: ClusterStart, block: PortBlock): void {
  const { basePort: wanted, nodes } = start;
  const got = block.basePort;
  if (got === wanted) return;
  const taken = block.taken[0];
  const why = taken
    ? `Port ${taken.port} is not free.`
    : `Another program took one of ${describePorts(wanted, nodes)} just now.`;
  const reason = `${why} The cluster listens on ${describePorts(got, nodes)} instead.`;
  start.stream.emit({ type: 'ports-moved', wanted, got, reason });
}

function describePorts(basePort: number, nodes: number): string {
  return nodes === 1 ? `port ${basePort}` : `ports ${basePort} to ${basePort + nodes - 1}`;
}

function firstReason(launches: readonly NodeLaunch[]): string {
  for (const launch of launches) if (!launch.ok) return launch.end.reason;
  return 'nothing was launched';
}
