/** What the commands work on: the stream, the settings, and the cluster that there is at the moment. */
import type { Timings } from '../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../shared/duration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { ShownEntries } from '../../check/shown-entries.ts';
import { noCluster, unknownNode } from '../../lab-words.ts';
import { CommandMemory } from '../../scenario/command-memory.ts';
import type { ScenarioRun } from '../../scenario/scenario-run.ts';
import type { RunningWorkload } from '../../workload/workload.ts';
import type { FlushTimes } from '../memory-storage.ts';
import type { Latency } from '../network.ts';
import type { World } from '../world.ts';
import { ClusterHomes } from './cluster-homes.ts';
import type { LabCluster } from './lab-cluster.ts';
import type { SimStream } from './sim-stream.ts';

export interface SimLabSettings {
  /** Of clusters that are started without their own: everything that is drawn comes from it. */
  readonly seed: number;
  /** `upper`: messages and logs as they are. `bytes`: the real codec, transport, log and recovery over simulated bytes. */
  readonly level: 'upper' | 'bytes';
  /** Of clusters that are started without their own. */
  readonly timings: Timings;
  readonly latency: Latency;
  /** At the upper level; the bytes of the other are on disk as soon as they are flushed. */
  readonly flush: FlushTimes;
  /** How long a request takes from its client to the server that is asked, ns; at least 1, or time could stand still. */
  readonly requestNs: number;
}

export class LabContext {
  readonly settings: SimLabSettings;
  readonly world: World;
  readonly stream: SimStream;
  readonly homes: ClusterHomes;
  cluster: LabCluster | undefined;
  /** Of this cluster; it ends with it. */
  workload: RunningWorkload | undefined;
  /** In whose place another one comes; its cluster outlives it. */
  scenario: ScenarioRun | undefined;
  /** What was done since the cluster was started. */
  readonly memory = new CommandMemory();
  /** What the stream shows of what was read. */
  readonly shown = new ShownEntries();
  #requests = 0;

  constructor(settings: SimLabSettings, world: World, stream: SimStream) {
    this.settings = settings;
    this.world = world;
    this.stream = stream;
    this.homes = new ClusterHomes(world, stream.lab, settings);
  }

  /** The running cluster and `ids` in it, or who there is instead. */
  clusterWith(...ids: readonly NodeId[]): Result<LabCluster> {
    const { cluster } = this;
    if (!cluster) return { ok: false, failure: noCluster };
    const unknown = ids.find((id) => !cluster.has(id));
    if (unknown === undefined) return succeed(cluster);
    return { ok: false, failure: unknownNode(unknown, cluster.ids) };
  }

  /** Calls `run` once, so many milliseconds of the world from now. @returns takes it back */
  after(delayMs: number, run: () => void): () => void {
    let isWanted = true;
    this.world.call(this.world.nowNs + Math.round(delayMs * nanosecondsPerMillisecond), () => {
      if (isWanted) run();
    });
    return () => {
      isWanted = false;
    };
  }

  /** Names a request in the stream, unique within a lab. */
  nextRequestId(): string {
    this.#requests += 1;
    return `r${this.#requests}`;
  }
}
