/** What the commands work on: the stream, the settings, and the cluster that there is at the moment. */
import type { Timings } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { ShownEntries } from '../check/shown-entries.ts';
import { noCluster, unknownNode } from '../lab-words.ts';
import type { findFreePortBlock } from '../net/udp-port-block.ts';
import { CommandMemory } from '../scenario/command-memory.ts';
import type { ScenarioRun } from '../scenario/scenario-run.ts';
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
  /** In whose place another one comes; its cluster outlives it. */
  scenario: ScenarioRun | undefined;
  /** What was done since the cluster was started. */
  readonly memory = new CommandMemory();
  /** What the stream shows of what was read. */
  readonly shown = new ShownEntries();
  #requests = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: LabSettings, stream: EventStream) {
    this.settings = settings;
    this.stream = stream;
  }

  /** The running cluster and `id` in it, or who there is instead. */
  clusterWith(...ids: readonly NodeId[]): Result<Cluster> {
    const { cluster } = this;
    if (!cluster) return { ok: false, failure: noCluster };
    const unknown = ids.find((id) => !cluster.has(id));
    if (unknown === undefined) return succeed(cluster);
    const known = cluster.members.map(({ id }) => id);
    return { ok: false, failure: unknownNode(unknown, known) };
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
