/** Events and snapshots as a page receives them, numbered as a lab would. */
import type { Snapshot } from '../../shared/bridge.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import type { EventBody, LabEvent } from '../../shared/event.ts';
import { labSourceId } from '../../shared/ids.ts';
import { emptyClusterView, projectClusterView } from '../../shared/projection/cluster-view.ts';

export interface PageStream {
  /** The next event of a node, 1 ms after the one before. */
  readonly next: (node: number, body: EventBody) => LabEvent;
  /** `count` lines at level debug. */
  readonly applied: (node: number, count: number) => LabEvent[];
}

export function pageStream(startMs = 0): PageStream {
  let tick = startMs;
  const sequences = new Map<number, number>();
  const next = (node: number, body: EventBody): LabEvent => {
    tick += 1;
    const sequence = (sequences.get(node) ?? 0) + 1;
    sequences.set(node, sequence);
    return { node, boot: 1, sequence, timeNs: tick * 1e6, lamport: tick, ...body };
  };
  return {
    next,
    applied: (node, count) =>
      Array.from({ length: count }, (_, index) =>
        next(node, { type: 'entries-applied', from: index, to: index + 1, digest: 0 }),
      ),
  };
}

/** The start of a cluster of `count` nodes. */
export function startOf(stream: PageStream, count: number, clusterId = 'cluster-a'): LabEvent {
  const members = Array.from({ length: count }, (_, id) => ({ id, address: { host: '127.0.0.1', port: 11_110 + id } }));
  return stream.next(labSourceId, {
    type: 'cluster-started',
    clusterId,
    members,
    timings: paperTimings,
    folder: '/lab',
  });
}

/** What a lab sends to a page that connects after these events, of which it still holds the last `held`. */
export function snapshotAfter(events: readonly LabEvent[], held = events.length): Snapshot {
  return {
    session: 'session-a',
    position: events.length,
    view: events.reduce(projectClusterView, emptyClusterView),
    recentEvents: events.slice(events.length - held),
    earlierEvents: [],
    forgottenEvents: 0,
    nowNs: events.at(-1)?.timeNs ?? 0,
  };
}
