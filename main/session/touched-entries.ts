/** Which entries of a log an event is about. */
import { labSourceId } from '../../shared/ids.ts';
import type { LabEvent } from '../../shared/event.ts';
import type { ClusterView } from '../../shared/projection/cluster-view.ts';
import type { NodeView } from '../../shared/projection/node-view.ts';

/** Both ends are in it. */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The entries that `event` says something new of; undefined where it is about none. Events that tell where something has come
 * to (stored up to, matches up to, snapshot up to) are about what that adds.
 *
 * @param view the state before the event
 */
export function touchedEntries(event: LabEvent, view: ClusterView): IndexRange | undefined {
  if (event.node === labSourceId) return touchedByRequest(event);
  const range = touchedDirectly(event) ?? touchedByProgress(event, view);
  return range && range.from <= range.to ? range : undefined;
}

function touchedByRequest(event: LabEvent): IndexRange | undefined {
  if (event.type !== 'request-answered' || event.outcome.kind !== 'appended') return undefined;
  return { from: event.outcome.firstIndex, to: event.outcome.lastIndex };
}

function touchedDirectly(event: LabEvent): IndexRange | undefined {
  switch (event.type) {
    case 'entries-appended':
      return { from: event.firstIndex, to: event.lastIndex };
    case 'entries-truncated':
      return { from: event.fromIndex, to: event.lastIndex };
    case 'commit-advanced':
      return { from: event.from + 1, to: event.to };
    case 'entries-applied':
      return { from: event.from, to: event.to };
    case 'commit-held':
    case 'request-repeated':
    case 'configuration-changed':
    case 'retention-changed':
      return { from: event.index, to: event.index };
    case 'configuration-rolled-back':
      return { from: event.fromIndex, to: event.fromIndex };
    case 'datagram-sent':
    case 'datagram-received': {
      const { prevLogIndex, entryCount = 0 } = event.message;
      return prevLogIndex === undefined ? undefined : { from: prevLogIndex + 1, to: prevLogIndex + entryCount };
    }
    default:
      return undefined;
  }
}

/** What moves a mark of a server forwards, or its log's end back. */
function touchedByProgress(event: LabEvent, { nodes }: ClusterView): IndexRange | undefined {
  const node = nodes.find(({ id }) => id === event.node);
  if (!node) return undefined;
  switch (event.type) {
    case 'entries-persisted':
      return { from: node.persistedIndex + 1, to: event.lastIndex };
    case 'follower-progress': {
      // Of what is committed, a new leader's first look at the others says nothing new.
      const known = Math.max(node.progress[event.follower]?.matchIndex ?? 0, node.commitIndex);
      return { from: known + 1, to: event.matchIndex };
    }
    case 'snapshot-saved':
    case 'snapshot-installed':
      return { from: node.snapshot.lastIncludedIndex + 1, to: event.lastIncludedIndex };
    case 'snapshot-restored':
      return { from: node.appliedIndex + 1, to: event.lastIncludedIndex };
    case 'log-compacted':
      return { from: node.firstIndex, to: event.lastIncludedIndex };
    case 'node-started':
      return lostAtStart(node, event.lastIndex);
    default:
      return undefined;
  }
}

/** What its log held in its former life, and its disk no longer does. */
function lostAtStart(node: NodeView, lastIndex: number): IndexRange {
  return { from: lastIndex + 1, to: node.lastIndex };
}
