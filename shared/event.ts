/**
 * The one stream. Everything that happens is an event; whatever is shown, recorded, checked or exported is a fold over
 * the stream. Events speak of ranges (`commit 100 → 180`), never one per entry.
 *
 * Order: by Lamport number, then node (`compareEvents`). A receive never stands before its send.
 */
import type { PlacedConfiguration } from './configuration.ts';
import type { BootId, NodeId, StorageId } from './ids.ts';
import type { Address, Member, Timings } from './cluster-config.ts';
import type { BenchEvent } from './bench-event.ts';
import type { RuleId } from './rules.ts';
import type { CoreEvent, TermRun } from './core-event.ts';
import type { NetEvent } from './net-event.ts';

export type { DatagramFaultAct, FragmentPlace, MessageSummary, NetEvent, RefusalReason } from './net-event.ts';

export type {
  BenchEvent,
  FaultEvent,
  NodeFault,
  NodeFaultAct,
  NodeStopCause,
  SearchProgress,
  SoughtEvent,
} from './bench-event.ts';
export type {
  CoreEvent,
  MembershipEvent,
  ProgressMode,
  RoleName,
  RuleEvent,
  SnapshotEvent,
  TermRun,
  TransferEvent,
} from './core-event.ts';

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
      /** Of what is behind the snapshot. */
      readonly termRuns: readonly TermRun[];
      readonly timings: Timings;
      /** What the snapshot on its disk covers; (0, 0) without one. */
      readonly snapshot: { readonly lastIncludedIndex: number; readonly lastIncludedTerm: number };
      /** The latest configuration on its disk. */
      readonly configuration: PlacedConfiguration;
      /** Rules that are off from the start; none when it is missing. */
      readonly rulesOff?: readonly RuleId[];
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
  /**
   * `digest`: of everything applied up to `to`, by content; equal on every server that has applied `to`, or the promise of
   * state-machine safety is broken.
   */
  | { readonly type: 'entries-applied'; readonly from: number; readonly to: number; readonly digest: number }
  /** The state machine's state up to here is on disk, in a file of its own. */
  | {
      readonly type: 'snapshot-saved';
      readonly lastIncludedIndex: number;
      readonly lastIncludedTerm: number;
      readonly bytes: number;
    }
  /** The state machine goes on from an installed snapshot. */
  | { readonly type: 'snapshot-restored'; readonly lastIncludedIndex: number; readonly digest: number }
  /** How many entries each server keeps is another number as of `index`; 0: all. A start without this keeps all. */
  | { readonly type: 'retention-changed'; readonly index: number; readonly retainEntries: number }
  /** A request of a client session was seen before: it takes no effect again (rule `client-dedupe`). */
  | {
      readonly type: 'request-repeated';
      readonly index: number;
      readonly sessionId: number;
      /** Its sequence in the session; not `sequence`, which is the event's own. */
      readonly requestSequence: number;
      readonly rule: RuleId;
    }
  /** Opened a session past the limit: the one that was used longest ago is forgotten. */
  | { readonly type: 'session-expired'; readonly sessionId: number; readonly reason: string }
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
