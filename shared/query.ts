/**
 * What a page asks of the store that keeps the whole stream: the state at a time, events of the past, the life of an entry.
 * A query changes nothing and leaves no trace in the stream.
 *
 * A place in the stream is a **position**: how many events came before. The first event has position 0.
 */
import { z } from 'zod';
import { limits } from './cluster-config.ts';
import type { LogEntry } from './log-entry.ts';
import type { ExportProgress, SessionFolder } from './session-command.ts';
import type { EventType, LabEvent } from './event.ts';
import type { ClusterView } from './projection/cluster-view.ts';
import type { Landmark } from './projection/landmarks.ts';
import type { SecondFigures } from './projection/second-figures.ts';

const position = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const timeNs = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/** Which events are wanted: those of all the types and all the nodes that are named; what is missing asks for nothing. */
const eventFilter = z.strictObject({
  types: z
    .array(z.custom<EventType>((value) => typeof value === 'string' && value.length <= 60))
    .min(1)
    .max(200)
    .optional(),
  /** Reporting servers, `labSourceId` for the lab. */
  nodes: z
    .array(z.int())
    .min(1)
    .max(limits.nodesMax + limits.learnersMax + 1)
    .optional(),
});
export type EventFilter = z.infer<typeof eventFilter>;

export const querySchema = z.discriminatedUnion('type', [
  /** What is held. */
  z.strictObject({ type: z.literal('bounds') }),
  /** The state behind the last event that is not after `timeNs`, or behind the first `position` events. */
  z.strictObject({
    type: z.literal('view-at'),
    at: z.union([z.strictObject({ timeNs }), z.strictObject({ position })]),
  }),
  /** Events from position `from` on and before `to`, at most `limit` of them. */
  z.strictObject({
    type: z.literal('events'),
    from: position,
    to: position.optional(),
    filter: eventFilter.optional(),
    limit: z.int().min(1).max(limits.eventsPerQueryMax),
  }),
  /** The next event at or behind `from`, or the last one before it. */
  z.strictObject({
    type: z.literal('find-event'),
    from: position,
    direction: z.enum(['forwards', 'backwards']),
    filter: eventFilter,
  }),
  /** What a timeline marks. When there are more than `max`, the rarer kinds stay. */
  z.strictObject({ type: z.literal('landmarks'), fromNs: timeNs, toNs: timeNs, max: z.int().min(1).max(10_000) }),
  /** Figures of each second. */
  z.strictObject({ type: z.literal('seconds'), fromNs: timeNs, toNs: timeNs }),
  /** What happened to the entry at `index`, on every server, before `before` (by default: so far). */
  z.strictObject({ type: z.literal('entry-life'), index: z.int().min(1), before: position.optional() }),
  /** The entry at `index` as `node` holds it now. */
  z.strictObject({ type: z.literal('entry-bytes'), node: z.int().min(0), index: z.int().min(1) }),
  /** The recorded sessions that there are. Asked of whoever opens worlds. */
  z.strictObject({ type: z.literal('sessions') }),
  /** The exports that are under way. Asked of whoever opens worlds. */
  z.strictObject({ type: z.literal('exports') }),
]);

export type Query = z.infer<typeof querySchema>;
export type QueryType = Query['type'];
export type QueryOf<Type extends QueryType> = Extract<Query, { type: Type }>;

/** An event and its position. */
export interface PlacedEvent {
  readonly position: number;
  readonly event: LabEvent;
}

/** What the store holds. */
export interface StreamBounds {
  /** Of one unbroken stream; another one begins with another world. */
  readonly session: string;
  /** Events before this one are no longer held. */
  readonly firstPosition: number;
  readonly endPosition: number;
  readonly startNs: number;
  readonly endNs: number;
  /** Events from position `from` on and before `to` are missing; ascending, left out when none are. */
  readonly gaps?: readonly { readonly from: number; readonly to: number }[];
  /**
   * Where it is recorded, with the bytes so far and the bytes that it may take; null when it is not. `stopped`: nothing more is
   * recorded, for this reason; the latest events are held nevertheless.
   */
  readonly recording: {
    readonly file: string;
    readonly bytes: number;
    readonly bytesMax: number;
    readonly stopped?: string;
  } | null;
}

/** An entry as a server holds it: its payload (empty for internal ones), and what else stands in it. */
export type HeldEntry = Omit<LogEntry, 'index'>;

/** What each query answers. `not-running`: nothing is held; `compacted`: not any more. */
export interface QueryAnswers {
  bounds: StreamBounds;
  'view-at': { readonly view: ClusterView; readonly position: number; readonly timeNs: number };
  events: {
    /** `positions[i]` belongs to `events[i]`. */
    readonly positions: readonly number[];
    readonly events: readonly LabEvent[];
    /** Where to go on; `to`, or the end of the stream, when there is no more. */
    readonly next: number;
  };
  'find-event': PlacedEvent | null;
  landmarks: { readonly landmarks: readonly Landmark[]; readonly leftOut: number };
  seconds: readonly SecondFigures[];
  'entry-life': readonly PlacedEvent[];
  'entry-bytes': HeldEntry;
  sessions: SessionFolder;
  exports: readonly ExportProgress[];
}

/** The answer to a query of one type. */
export type QueryAnswerOf<Type extends QueryType> = QueryAnswers[Type];
