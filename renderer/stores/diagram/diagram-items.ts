/** What the diagram is made of: datagrams as edges, other events as marks, requests as spans. Times are on the scale of `timeNs`. */
import type { DatagramFaultAct, EventType, LabEvent, MessageSummary } from '../../../shared/event.ts';
import type { BootId, NodeId } from '../../../shared/ids.ts';
import { flightKindOf, type FlightKind } from '../../../shared/projection/flights.ts';
import type { SpanTimes } from './span-list.ts';

/** `dropped`: by a fault rule; `failed`: not sent; `corrupted`: refused for it. What stays `unknown` was lost, or is on its way. */
export type EdgeFate = 'unknown' | 'arrived' | 'dropped' | 'failed' | 'corrupted';

/** A datagram, or one more copy of it. Where one end was not seen its time is NaN and its position −1. */
export interface Edge {
  readonly from: NodeId;
  readonly boot: BootId;
  readonly to: NodeId;
  readonly datagram: number;
  readonly kind: FlightKind;
  /** A heartbeat, or the plain yes to one. */
  readonly isRoutine: boolean;
  readonly isCopy: boolean;
  /** 0 where the message has none. */
  readonly term: number;
  readonly bytes: number;
  /** Entries that it carries; 0 and −1 when it carries none. */
  readonly firstIndex: number;
  readonly lastIndex: number;
  sendNs: number;
  sendPosition: number;
  endNs: number;
  endPosition: number;
  fate: EdgeFate;
  /** What fault rules did to it on the way, each once. */
  acts: readonly DatagramFaultAct[];
  /** By how much fault rules held it back. */
  delayNs: number;
}

/** What an event is, as far as the diagram tells events apart; the rest is `other`. */
export type MarkKind =
  | 'role'
  | 'term'
  | 'election'
  | 'vote'
  | 'refusal'
  | 'append'
  | 'truncate'
  | 'commit'
  | 'disk'
  | 'membership'
  | 'snapshot'
  | 'violation'
  | 'life'
  | 'other';

/** What stands out at any zoom. */
export const graveMarks: ReadonlySet<MarkKind> = new Set([
  'violation',
  'election',
  'life',
  'snapshot',
  'membership',
  'truncate',
]);

export interface Mark {
  readonly timeNs: number;
  readonly position: number;
  readonly node: NodeId;
  readonly kind: MarkKind;
  readonly type: EventType;
  /** With `role`, `term`, `election` and `vote` the term. */
  readonly term: number;
  /** With `append`, `truncate`, `commit` and `disk` the entries that it is about; 0 and −1: none. */
  readonly firstIndex: number;
  readonly lastIndex: number;
}

/** A client's request, from when it was asked to when it was answered. */
export interface RequestSpan {
  readonly requestId: string;
  readonly target: NodeId;
  readonly kind: 'append' | 'index-range';
  readonly sentNs: number;
  /** −1 where its beginning was not seen. */
  readonly sentPosition: number;
  /** `Infinity` until then. */
  answeredNs: number;
  answeredPosition: number;
  outcome: 'waiting' | 'done' | 'failed' | 'unknown';
  firstIndex: number;
  lastIndex: number;
}

/** Names a datagram at both ends. */
export function keyOf(from: NodeId, boot: BootId, to: NodeId, datagram: number): string {
  return `${from}:${boot}:${to}:${datagram}`;
}

export function keyOfEdge({ from, boot, to, datagram }: Edge): string {
  return keyOf(from, boot, to, datagram);
}

/** One whose end was not seen lasts no time: how it is drawn does not depend on when. */
export const edgeTimes: SpanTimes<Edge> = {
  start: ({ sendNs, endNs }) => (Number.isNaN(sendNs) ? endNs : sendNs),
  end: ({ sendNs, endNs }) => (Number.isNaN(endNs) ? sendNs : Number.isNaN(sendNs) ? endNs : Math.max(sendNs, endNs)),
};

export const markTimes: SpanTimes<Mark> = { start: ({ timeNs }) => timeNs, end: ({ timeNs }) => timeNs };

export const requestTimes: SpanTimes<RequestSpan> = {
  start: ({ sentNs }) => sentNs,
  end: ({ answeredNs }) => answeredNs,
};

type EdgeContents = Pick<Edge, 'kind' | 'isRoutine' | 'term' | 'bytes' | 'firstIndex' | 'lastIndex'>;

/** @param isAnswerToEntries of a reply: that its call brought entries, which makes even a plain yes worth a look */
export function contentsOf(message: MessageSummary, bytes: number, isAnswerToEntries: boolean): EdgeContents {
  const kind = flightKindOf(message);
  const { term = 0, prevLogIndex = 0, entryCount = 0 } = message;
  const isPlainYes = message.kind === 'append-entries-reply' && kind === 'reply' && !isAnswerToEntries;
  return {
    kind,
    isRoutine: kind === 'heartbeat' || isPlainYes,
    term,
    bytes,
    firstIndex: entryCount > 0 ? prevLogIndex + 1 : 0,
    lastIndex: entryCount > 0 ? prevLogIndex + entryCount : -1,
  };
}

const none = { term: 0, firstIndex: 0, lastIndex: -1 };
type MarkContents = Pick<Mark, 'kind' | 'term' | 'firstIndex' | 'lastIndex'>;

/** What an event is that is no datagram's and no request's. */
export function markContentsOf(event: LabEvent): MarkContents {
  switch (event.type) {
    case 'role-changed':
      return { ...none, kind: 'role', term: event.term };
    case 'term-changed':
      return { ...none, kind: 'term', term: event.to };
    case 'election-started':
    case 'pre-vote-started':
      return { ...none, kind: 'election', term: event.term };
    case 'vote-granted':
    case 'vote-counted':
      return { ...none, kind: 'vote', term: event.term };
    case 'vote-refused':
    case 'append-refused':
      return { ...none, kind: 'refusal', term: event.term };
    case 'entries-appended':
      return { kind: 'append', term: event.term, firstIndex: event.firstIndex, lastIndex: event.lastIndex };
    case 'entries-truncated':
      return { kind: 'truncate', term: 0, firstIndex: event.fromIndex, lastIndex: event.lastIndex };
    case 'commit-advanced':
      return { kind: 'commit', term: event.term, firstIndex: event.from + 1, lastIndex: event.to };
    case 'entries-applied':
      return { kind: 'disk', term: 0, firstIndex: event.from + 1, lastIndex: event.to };
    default:
      return { ...none, kind: kindsByType[event.type] ?? 'other' };
  }
}

const kindsByType: Partial<Record<EventType, MarkKind>> = {
  'entries-persisted': 'disk',
  'configuration-changed': 'membership',
  'configuration-rolled-back': 'membership',
  'membership-step': 'membership',
  'snapshot-saved': 'snapshot',
  'snapshot-installed': 'snapshot',
  'snapshot-restored': 'snapshot',
  'violation-found': 'violation',
  'promise-broken': 'violation',
  'assertion-failed': 'violation',
  'disk-failed': 'violation',
  'node-started': 'life',
  'node-ended': 'life',
  'node-fault': 'life',
};
