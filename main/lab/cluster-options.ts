import type { Member, Timings } from '../../shared/cluster-config.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import type { EventStream } from './event-stream.ts';
import type { NodeBounds } from './node-life.ts';
import type { SpawnNode } from './spawn-node.ts';

/** What a cluster is made of. */
export interface ClusterOptions {
  readonly stream: EventStream;
  readonly spawn: SpawnNode;
  readonly folder: ClusterFolder;
  readonly members: readonly Member[];
  readonly timings: Timings;
  readonly bounds?: NodeBounds;
}
