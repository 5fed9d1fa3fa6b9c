/** What the commands work on: the stream, the settings, and the cluster that there is at the moment. */
import type { Timings } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { findFreePortBlock } from '../net/udp-port-block.ts';
import type { RunningWorkload } from '../workload/workload.ts';
import type { Cluster } from './cluster.ts';
import type { EventStream } from './event-stream.ts';
import type { NodeBounds } from './node-life.ts';
import type { SpawnNode } from './spawn-node.ts';

export interface LabSettings {
  /** Where clusters are kept. Created when missing. */
  readonly folder: string;
  /** First port of a cluster. */
  readonly basePort: number;
  /** Of clusters that are started without their own. */
  readonly timings: Timings;
  readonly spawn: SpawnNode;
  readonly findPortBlock: typeof findFreePortBlock;
  readonly bounds?: NodeBounds;
}

export class LabContext {
  readonly settings: LabSettings;
  readonly stream: EventStream;
  cluster: Cluster | undefined;
  /** Of this cluster; it ends with it. */
  workload: RunningWorkload | undefined;
  #requests = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: LabSettings, stream: EventStream) {
    this.settings = settings;
    this.stream = stream;
  }

  /** The running cluster and `id` in it, or who there is instead. */
  clusterWith(...ids: readonly NodeId[]): Result<Cluster> {
    const { cluster } = this;
    if (!cluster) return fail('not-running', 'No cluster is running. Start one first.');
    const unknown = ids.find((id) => !cluster.has(id));
    if (unknown === undefined) return succeed(cluster);
    return fail('invalid', `There is no node ${unknown} in this cluster; it has ${describeNodes(cluster)}.`);
  }

  /** Names a request in the stream, unique within a lab. */
  nextRequestId(): string {
    this.#requests += 1;
    return `r${this.#requests}`;
  }

  /** Runs `task` when the tasks before it are done: a cluster is started or stopped by one command at a time. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    // The next one waits for this one, however it ended; its own caller hears how.
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function describeNodes(cluster: Cluster): string {
  const ids = cluster.members.map((member) => member.id);
  const last = ids.at(-1);
  return ids.length === 1 ? `only node ${last}` : `nodes ${ids.slice(0, -1).join(', ')} and ${last}`;
}
