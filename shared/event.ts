/**
 * The one stream. Everything that happens is an event; whatever is shown, recorded, checked or exported is a fold over
 * the stream. Events speak of ranges (`commit 100 → 180`), never one per entry.
 *
 * Order: by Lamport number, then node (`compareEvents`). A receive never stands before its send.
 */
import type { BootId, NodeId, StorageId } from './ids.ts';
import type { Address, Member, Timings } from './cluster-config.ts';
import type { MessageKind } from './raft-message.ts';
import type { BenchEvent } from './bench-event.ts';
import type { CoreEvent, TermRun } from './core-event.ts';

export type { BenchEvent, NodeStopCause } from './bench-event.ts';
export type { CoreEvent, RoleName, TermRun } from './core-event.ts';

/** Who reported it and when. */
export interface EventStamp {
  /** The reporting server, or `labSourceId` for the lab itself. */
  readonly node: NodeId;
  readonly boot: BootId;
  /** 1, 2, 3 … per (node, boot): a gap means that events are missing. */
  readonly sequence: number;
  /** Nanoseconds on the monotonic clock that all servers of one machine share, since the lab started. */
  readonly timeNs: number;
  /** Lamport's clock: a receive is above its send. */
  readonly lamport: number;
}

/** What the node around the core reports. */
export type HostEvent =
  | {
      readonly type: 'node-started';
      readonly address: Address;
      readonly storageId: StorageId;
      readonly members: readonly Member[];
      readonly term: number;
      readonly votedFor: NodeId | null;
      readonly lastIndex: number;
      readonly termRuns: readonly TermRun[];
      readonly timings: Timings;
    }
  | { readonly type: 'node-stopping'; readonly reason: string }
  /** The election timer stands at another time; at most one a turn. `deadlineNs` is on the scale of `timeNs`. */
  | {
      readonly type: 'timer-set';
      readonly timer: 'election' | 'heartbeat';
      readonly deadlineNs: number;
      readonly durationNs: number;
    }
  | {
      readonly type: 'entries-persisted';
      readonly lastIndex: number;
      readonly term: number;
      readonly votedFor: NodeId | null;
      readonly bytes: number;
      readonly flushNs: number;
    }
  | { readonly type: 'entries-applied'; readonly from: number; readonly to: number }
  | { readonly type: 'request-forwarded'; readonly requestId: string; readonly to: NodeId }
  | {
      readonly type: 'log-repaired';
      readonly file: string;
      readonly offset: number;
      readonly cutBytes: number;
      readonly reason: string;
    }
  | { readonly type: 'disk-failed'; readonly file: string; readonly reason: string }
  /** A rule of our own code does not hold; the node stops. */
  | { readonly type: 'assertion-failed'; readonly reason: string };

/** What is in a datagram, for the person who watches. Only the fields that its kind has. */
export interface MessageSummary {
  readonly kind: MessageKind;
  readonly term?: number;
  readonly round: number;
  /** AppendEntries: entries prevLogIndex + 1 … prevLogIndex + entryCount. */
  readonly prevLogIndex?: number;
  readonly prevLogTerm?: number;
  readonly entryCount?: number;
  readonly leaderCommit?: number;
  readonly matchIndex?: number;
  readonly lastLogIndex?: number;
  readonly lastLogTerm?: number;
  /** Replies: granted, accepted. */
  readonly success?: boolean;
}

/** Why a datagram was not taken in. */
export type RefusalReason =
  | 'not-ours'
  | 'version'
  | 'cluster'
  | 'malformed'
  | 'too-large'
  | 'unknown-sender'
  | 'absurd';

/** What the network reports. `(from, fromBoot, datagram)` names a datagram at both ends. */
export type NetEvent =
  | {
      readonly type: 'datagram-sent';
      readonly to: NodeId;
      readonly datagram: number;
      readonly uuid: string;
      readonly bytes: number;
      readonly message: MessageSummary;
    }
  | {
      readonly type: 'datagram-received';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly datagram: number;
      readonly uuid: string;
      readonly bytes: number;
      readonly message: MessageSummary;
    }
  /** A fault rule kept it from the node. */
  | {
      readonly type: 'datagram-dropped';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly datagram: number;
      readonly faultRule: string;
    }
  | {
      readonly type: 'datagram-refused';
      readonly address: Address;
      readonly bytes: number;
      readonly why: RefusalReason;
      readonly reason: string;
    }
  /** The system would not send it. The protocol repeats what matters. */
  | { readonly type: 'send-failed'; readonly to: NodeId; readonly datagram: number; readonly reason: string };

export type EventBody = CoreEvent | HostEvent | NetEvent | BenchEvent;

export type EventType = EventBody['type'];

export type LabEvent = EventStamp & EventBody;

/** One kind of event, with its stamp: `EventOf<'role-changed'>`. */
export type EventOf<Type extends EventType> = EventStamp & Extract<EventBody, { readonly type: Type }>;

/** The merged order of the stream. */
export function compareEvents(left: EventStamp, right: EventStamp): number {
  return (
    left.lamport - right.lamport || left.node - right.node || left.boot - right.boot || left.sequence - right.sequence
  );
}
