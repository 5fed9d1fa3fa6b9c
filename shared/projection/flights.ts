/**
 * Datagrams on their way, as a picture shows them: a pure fold over the stream. On loopback a datagram takes about a tenth of
 * a millisecond, which nobody can see, so each one is shown for at least `flightVisibleNs`, and an answer sets out only
 * when the picture of its call has arrived. That is a stretched picture of what happened, and whoever draws it says so.
 *
 * A busy cluster sends thousands of datagrams a second. The fold keeps a bounded sample (`flightsMax` in all, a few per
 * directed link and kind, one heartbeat per link at a time) and counts what it left out.
 */
import type { EventOf, LabEvent, MessageSummary } from '../event.ts';
import { isClientId, type NodeId } from '../ids.ts';
import { isReply, type MessageKind } from '../raft-message.ts';

/** How long a datagram is shown, at least. */
export const flightVisibleNs = 350e6;
/** How long the cross stays where one was lost. */
export const crossVisibleNs = 500e6;
/** A datagram that nobody reported this long after its picture ended was lost on the way, or came to a node that is down. */
export const fateGraceNs = 150e6;
/** Shown at once. */
export const flightsMax = 96;
/** Shown at once per directed link and kind; heartbeats: one. */
export const flightsPerLinkMax = 3;

/** Where on its way a datagram ends that a cut link stopped, and one that found nobody: fractions of the way. */
const droppedAt = 0.4;
const lostAt = 0.86;

/**
 * What a datagram is for: `heartbeat` and `entries` are AppendEntries, `snapshot` a chunk of one, `vote` asks for one,
 * `handover` tells the successor to run, `client` carries a request to the leader, `reply` says yes and `refusal` no.
 */
export type FlightKind = 'heartbeat' | 'entries' | 'snapshot' | 'vote' | 'handover' | 'client' | 'reply' | 'refusal';

export interface Flight {
  /** Names the datagram at both ends: sender, its boot, receiver, number. */
  readonly key: string;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: FlightKind;
  /** A heartbeat or the plain yes to one: nothing changed. */
  readonly isRoutine: boolean;
  readonly uuid: string;
  readonly isReply: boolean;
  /** When its picture sets out and arrives, on the scale of `timeNs`. */
  readonly startNs: number;
  readonly endNs: number;
  /** `unknown` until its end was reported. */
  readonly fate: 'unknown' | 'arrived' | 'dropped' | 'failed';
}

export interface Flights {
  readonly list: readonly Flight[];
  /** Datagrams that were left out of the picture so far. */
  readonly leftOut: number;
}

export const emptyFlights: Flights = { list: [], leftOut: 0 };

/** Where a flight is to be drawn. */
export interface FlightPicture {
  /** 0 at the sender, 1 at the receiver. */
  readonly progress: number;
  /** It ended here, unreceived. */
  readonly isLost: boolean;
}

/** One step for the events of one animation frame, shown from `nowNs` on. Live, that is the lab's time; in a replay the time that is shown. */
export function projectFlights(flights: Flights, events: readonly LabEvent[], nowNs: number): Flights {
  const byKey = new Map<string, Flight>();
  for (const flight of flights.list) if (!isOver(flight, nowNs)) byKey.set(flight.key, flight);
  let { leftOut } = flights;

  for (const event of events) {
    switch (event.type) {
      case 'datagram-sent': {
        // Clients from outside have no place in the picture.
        if (isClientId(event.to)) break;
        const flight = takeOff(event, byKey, nowNs);
        if (flight) byKey.set(flight.key, flight);
        else leftOut += 1;
        break;
      }
      case 'datagram-received':
        settle(byKey, keyOf(event.from, event.fromBoot, event.node, event.datagram), 'arrived');
        break;
      case 'datagram-dropped':
        settle(byKey, keyOf(event.from, event.fromBoot, event.node, event.datagram), 'dropped');
        break;
      case 'send-failed':
        settle(byKey, keyOf(event.node, event.boot, event.to, event.datagram), 'failed');
        break;
      default:
    }
  }
  return { list: [...byKey.values()], leftOut };
}

/** How a flight looks at `nowNs`; undefined before it sets out and when it is over. */
export function pictureFlight(flight: Flight, nowNs: number): FlightPicture | undefined {
  if (nowNs < flight.startNs || isOver(flight, nowNs)) return undefined;
  const way = (nowNs - flight.startNs) / (flight.endNs - flight.startNs);
  if (flight.fate === 'arrived') return { progress: Math.min(1, way), isLost: false };
  const end = endOfWay(flight);
  if (way < end) return { progress: way, isLost: false };
  const isKnown = flight.fate !== 'unknown' || nowNs > flight.endNs + fateGraceNs;
  return { progress: end, isLost: isKnown };
}

/** What a message is for, from its summary. */
export function flightKindOf(message: MessageSummary): FlightKind {
  if (message.success === false) return 'refusal';
  if (isReply(message.kind)) return 'reply';
  switch (message.kind) {
    case 'append-entries':
      return (message.entryCount ?? 0) > 0 ? 'entries' : 'heartbeat';
    case 'install-snapshot':
      return 'snapshot';
    case 'request-vote':
    case 'pre-vote':
      return 'vote';
    case 'timeout-now':
      return 'handover';
    default:
      return 'client';
  }
}

function keyOf(from: NodeId, boot: number, to: NodeId, datagram: number): string {
  return `${from}:${boot}:${to}:${datagram}`;
}

/** The flight of a datagram that was just sent, or undefined when the picture is full. */
function takeOff(
  event: EventOf<'datagram-sent'>,
  shown: ReadonlyMap<string, Flight>,
  nowNs: number,
): Flight | undefined {
  const kind = flightKindOf(event.message);
  const reply = isReply(event.message.kind);
  let call: Flight | undefined;
  let sameWay = 0;
  for (const other of shown.values()) {
    if (reply && !other.isReply && other.uuid === event.uuid) call = other;
    if (other.from === event.node && other.to === event.to && other.kind === kind) sameWay += 1;
  }
  // The yes to a heartbeat that was left out, or to entries or a chunk that nobody saw arrive, would come from nowhere.
  if (isDelivery(event.message.kind) && kind === 'reply' && !call) return undefined;
  if (shown.size >= flightsMax || sameWay >= (kind === 'heartbeat' ? 1 : flightsPerLinkMax)) return undefined;

  const startNs = Math.max(nowNs, call?.endNs ?? 0);
  return {
    key: keyOf(event.node, event.boot, event.to, event.datagram),
    from: event.node,
    to: event.to,
    kind,
    isRoutine: kind === 'heartbeat' || (kind === 'reply' && call?.kind === 'heartbeat'),
    uuid: event.uuid,
    isReply: reply,
    startNs,
    endNs: startNs + flightVisibleNs,
    fate: 'unknown',
  };
}

function isDelivery(kind: MessageKind): boolean {
  return kind === 'append-entries-reply' || kind === 'install-snapshot-reply';
}

function settle(shown: Map<string, Flight>, key: string, fate: Flight['fate']): void {
  const flight = shown.get(key);
  if (flight) shown.set(key, { ...flight, fate });
}

function endOfWay(flight: Flight): number {
  return flight.fate === 'dropped' ? droppedAt : lostAt;
}

function isOver(flight: Flight, nowNs: number): boolean {
  if (flight.fate === 'arrived') return nowNs >= flight.endNs;
  if (flight.fate === 'unknown') return nowNs >= flight.endNs + fateGraceNs + crossVisibleNs;
  const endNs = flight.startNs + (flight.endNs - flight.startNs) * endOfWay(flight);
  return nowNs >= endNs + crossVisibleNs;
}
