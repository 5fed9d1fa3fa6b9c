import type { Member, NetworkDelay, Timings } from '../../shared/cluster-config.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import type { EventStream } from './event-stream.ts';
import type { NodeBounds } from './node-life.ts';
import type { SpawnNode } from './spawn-node.ts';

/** How a cluster runs this time, as `start-cluster` says it. */
export interface RunOptions {
  readonly rulesOff?: readonly RuleId[] | undefined;
  readonly snapshotEveryEntries?: number | undefined;
  /** What each life of each node draws comes from it; by chance without one. */
  readonly seed?: number | undefined;
  /** What each datagram takes on its way; the system's network as it is without one. */
  readonly networkDelay?: NetworkDelay | undefined;
}

/** What a cluster is made of. */
export interface ClusterOptions extends RunOptions {
  readonly stream: EventStream;
  readonly spawn: SpawnNode;
  readonly folder: ClusterFolder;
  readonly members: readonly Member[];
  readonly timings: Timings;
  readonly bounds?: NodeBounds;
}
