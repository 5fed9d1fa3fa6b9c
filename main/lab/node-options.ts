/** What a cluster's options make of each of its nodes, and what the stream says of them. */
import type { Member } from '../../shared/cluster-config.ts';
import type { EventOf } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { NodeOptions } from '../node/worker-messages.ts';
import { nodeFolder } from './cluster-folder.ts';
import type { ClusterOptions } from './cluster-options.ts';
import { lastBootAside } from './folders-aside.ts';

type StartEvent = Pick<
  EventOf<'cluster-started'>,
  'type' | 'clusterId' | 'members' | 'timings' | 'folder' | 'seed' | 'networkDelay'
>;

/** What stays the same for each life of this node in this cluster. */
export function nodeOptions(
  { folder, stream, timings, snapshotEveryEntries, networkDelay }: ClusterOptions,
  id: NodeId,
): Omit<NodeOptions, 'members' | 'seed' | 'faultRules'> {
  const { path, founders, clusterId, key } = folder;
  return {
    id,
    folder: nodeFolder(path, id),
    clusterId,
    key,
    timings,
    clockOriginNs: stream.clock.originNs,
    ...(founders && { voters: founders }),
    ...(snapshotEveryEntries !== undefined && { snapshotEveryEntries }),
    ...(networkDelay && { networkDelay }),
    bootAfter: lastBootAside(path, id),
    lamport: stream.clock.lamport,
  };
}

export function describeStart(
  { folder, timings, seed, networkDelay }: ClusterOptions,
  members: readonly Member[],
): StartEvent {
  return {
    type: 'cluster-started',
    clusterId: folder.clusterId,
    members,
    timings,
    folder: folder.path,
    ...(seed !== undefined && { seed }),
    ...(networkDelay && { networkDelay }),
  };
}
