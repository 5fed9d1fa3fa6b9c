/**
 * What stands out in a stream: the marks of a timeline, and what one steps to. A pure choice, event by event.
 */
import type { EventType, LabEvent, RoleName } from '../event.ts';
import type { NodeId } from '../ids.ts';

export type LandmarkKind =
  /** Somebody became leader. */
  | 'leader'
  /** Any other change of a role. */
  | 'role'
  | 'election'
  /** A server started, or ended. */
  | 'start'
  | 'end'
  /** A fault begins, or ends. */
  | 'fault'
  | 'heal'
  | 'membership'
  | 'snapshot'
  | 'violation'
  /** The cluster begins or ends, a scenario or a workload does. */
  | 'bench';

export interface Landmark {
  readonly position: number;
  readonly timeNs: number;
  readonly kind: LandmarkKind;
  readonly type: EventType;
  /** Whom it is about. */
  readonly node: NodeId;
  /** With `leader`, `role` and `election`. */
  readonly term?: number;
  readonly role?: RoleName;
  /** Which fault begins or ends. */
  readonly faultRule?: string;
}

/** From the rarest and gravest on: what a crowded timeline keeps first. */
export const landmarkKinds: readonly LandmarkKind[] = [
  'violation',
  'leader',
  'bench',
  'end',
  'start',
  'fault',
  'heal',
  'membership',
  'election',
  'role',
  'snapshot',
];

type Mark = Omit<Landmark, 'position' | 'timeNs' | 'type'>;

/** The landmark that `event` is, if it is one. */
export function landmarkOf(event: LabEvent, position: number): Landmark | undefined {
  const mark = markOf(event);
  return mark && { position, timeNs: event.timeNs, type: event.type, ...mark };
}

function markOf(event: LabEvent): Mark | undefined {
  const { node } = event;
  switch (event.type) {
    case 'role-changed': {
      const { to: role, term } = event;
      return { kind: role === 'leader' ? 'leader' : 'role', node, role, term };
    }
    case 'election-started':
      return { kind: 'election', node, term: event.term };
    case 'node-started':
      return { kind: 'start', node, term: event.term };
    case 'node-ended':
      return { kind: 'end', node: event.target };
    case 'configuration-changed':
    case 'configuration-rolled-back':
      return { kind: 'membership', node };
    case 'snapshot-saved':
    case 'snapshot-installed':
      return { kind: 'snapshot', node };
    case 'violation-found':
      return { kind: 'violation', node };
    case 'cluster-started':
    case 'cluster-stopped':
    case 'scenario-started':
    case 'scenario-ended':
    case 'workload-started':
    case 'workload-stopped':
      return { kind: 'bench', node };
    default:
      return faultMarkOf(event);
  }
}

function faultMarkOf(event: LabEvent): Mark | undefined {
  switch (event.type) {
    case 'link-cut':
    case 'fault-set':
      return { kind: 'fault', node: event.node, faultRule: event.faultRule };
    case 'link-healed':
    case 'fault-cleared':
      return { kind: 'heal', node: event.node, faultRule: event.faultRule };
    case 'node-fault': {
      const kind = event.fault === 'resume' || event.fault === 'healed' ? 'heal' : 'fault';
      return { kind, node: event.target, faultRule: event.faultRule };
    }
    default:
      return undefined;
  }
}
