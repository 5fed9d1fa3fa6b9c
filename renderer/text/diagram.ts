/** Text of the space-time diagram. */
import { isClientId, type NodeId } from '../../shared/ids.ts';
import type { FlightKind } from '../../shared/projection/flights.ts';
import type { EdgeFate, MarkKind } from '../stores/diagram/diagram-items.ts';

const kinds: Record<FlightKind, string> = {
  heartbeat: 'Heartbeat',
  entries: 'Entries',
  snapshot: 'Snapshot chunk',
  vote: 'Request for a vote',
  handover: 'Hand-over',
  client: 'Client request',
  reply: 'Answer',
  refusal: 'Refusal',
};

const kindChoices: Record<FlightKind, string> = {
  heartbeat: 'Heartbeats and plain answers',
  entries: 'Entries',
  snapshot: 'Snapshots',
  vote: 'Requests for votes',
  handover: 'Hand-overs',
  client: 'Client requests',
  reply: 'Answers',
  refusal: 'Refusals',
};

const marks: Record<MarkKind, string> = {
  role: 'Role',
  term: 'Term',
  election: 'Election',
  vote: 'Vote',
  refusal: 'Refusal',
  append: 'Entries appended',
  truncate: 'Entries removed',
  commit: 'Commit',
  disk: 'On disk',
  membership: 'Membership',
  snapshot: 'Snapshot',
  violation: 'Violation',
  life: 'Start or end',
  other: 'Event',
};

const outcomes = { waiting: 'not answered yet', done: 'answered', failed: 'failed', unknown: 'outcome unknown' };

export const text = {
  title: 'Diagram',
  label: 'Space-time diagram',
  roleDescription: 'space-time diagram',
  help:
    'Arrow keys left and right move through time, up and down choose a node, plus and minus zoom, comma and full stop go to the event before and after, ' +
    'Enter shows the page as it was then, F shows everything, L follows what happens now, C shows causes and effects, Escape lets go.',
  summary: (nodes: number, span: string, from: string, follows: boolean): string =>
    `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, ${span} from ${from}${follows ? ', following what happens now' : ''}`,
  clients: 'Clients',
  node: (node: NodeId): string => (isClientId(node) ? 'a client' : `node ${node}`),
  nodeTitle: (node: NodeId): string => `Node ${node}`,
  hideNode: (node: NodeId): string => `Show node ${node}`,

  zoomIn: 'Zoom in (+)',
  zoomOut: 'Zoom out (−)',
  fit: 'Show everything (F)',
  follow: 'Follow what happens now (L)',
  causes: 'Show what led to it and what came of it (C)',
  list: 'List what is in view',
  show: 'What is shown',
  datagrams: 'Datagrams',
  nodes: 'Nodes',
  kindChoice: (kind: FlightKind): string => kindChoices[kind],

  emptyTitle: 'Nothing has happened yet',
  emptyText: 'Start a cluster: every datagram becomes a line from the node that sent it to the one that received it.',
  loading: 'Loading …',
  tooMany: 'Zoom in to see single datagrams',
  inSeconds: 'Datagrams a second. Zoom in to see single ones.',
  missing: 'This part can’t be loaded at the moment.',
  linksFaulty: (count: number): string => (count === 1 ? '1 link at fault' : `${count} links at fault`),

  kind: (kind: FlightKind): string => kinds[kind],
  mark: (kind: MarkKind): string => marks[kind],
  edge: (kind: FlightKind, from: string, to: string): string => `${kinds[kind]}, ${from} → ${to}`,
  arrived: (length: string): string => `arrived after ${length}`,
  fate: (fate: Exclude<EdgeFate, 'arrived'>, isUnderWay: boolean): string => {
    if (fate === 'dropped') return 'stopped by a fault';
    if (fate === 'corrupted') return 'damaged by a fault, and refused';
    if (fate === 'failed') return 'could not be sent';
    return isUnderWay ? 'under way' : 'lost';
  },
  copy: 'a further copy',
  heldBack: (length: string): string => `held back ${length} by a fault`,
  request: (kind: 'append' | 'index-range', target: number): string =>
    `${kind === 'append' ? 'Append' : 'Range'} at node ${target}`,
  outcome: (outcome: keyof typeof outcomes, length: string): string =>
    outcome === 'waiting' ? outcomes.waiting : `${outcomes[outcome]} after ${length}`,
  entries: (first: number, last: number): string => (first === last ? `entry ${first}` : `entries ${first}–${last}`),
  term: (term: number): string => `term ${term}`,
  at: (time: string): string => `at ${time}`,

  listTitle: 'In view',
  listEmpty: 'Nothing that is shown happened here.',
  listMore: (count: number): string => `${count.toLocaleString('en')} more; zoom in`,
  noneFurther: 'Nothing further in view.',
  lane: (node: NodeId): string => `Lane of node ${node}`,
  allLanes: 'All lanes',
  group: 'Diagram',
  actionFit: 'Show all of the time in the diagram',
  actionFollow: 'Follow what happens now in the diagram',
  actionShow: 'Go to the diagram',
};
