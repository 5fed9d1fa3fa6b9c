/**
 * Datagrams on their way, as a picture shows them: a pure fold over the stream. On loopback a datagram takes about a tenth of
 * a millisecond, which nobody can see, so each one is shown for at least `flightVisibleNs`, and an answer sets out only
 * when the picture of its call has arrived. That is a stretched picture of what happened, and whoever draws it says so.
 *
 * A busy cluster sends thousands of datagrams a second. The fold keeps a bounded sample (`flightsMax` in all, a few per
 * directed link and kind, one heartbeat per link at a time) and counts what it left out.
 */
import type { EventOf, LabEvent, MessageSummary } from '../event.ts';
import { isClientId, type BootId, type NodeId } from '../ids.ts';
import { afterAct, isDamaged, splitsAt, undisturbed, wayOf, type FaultedWay } from './flight-copies.ts';
import { flightKindOf, isDelivery, type FlightKind } from './flight-kind.ts';

import { isReply } from '../raft-message.ts';

export { flightKindOf, type FlightKind } from './flight-kind.ts';

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

/** Where on its way a datagram ends that a rule stopped, one that found nobody, and one that was refused: fractions of the way. */
const droppedAt = 0.4;
const lostAt = 0.86;
const refusedAt = 0.97;

export interface Flight extends FaultedWay {
  /** Names the datagram at both ends: sender, its boot, receiver, number. */
  readonly key: string;
  readonly from: NodeId;
  readonly fromBoot: BootId;
  readonly to: NodeId;
  readonly datagram: number;
  readonly kind: FlightKind;
  readonly message: MessageSummary;
  /** A heartbeat or the plain yes to one: nothing changed. */
  readonly isRoutine: boolean;
  readonly uuid: string;
  readonly isReply: boolean;
  /** `unknown` until its end was reported; `refused`: it came damaged, and its receiver took no notice of it. */
  readonly fate: 'unknown' | 'arrived' | 'dropped' | 'failed' | 'refused';
  /** Which rule dropped it. */
  readonly droppedBy: string;
  /** How long the cross stays, where that is not `crossVisibleNs`: in a picture that runs at another speed. */
  readonly crossNs?: number;
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
  /** A rule holds it back. */
  readonly isHeld?: true;
}

/**
 * One step for the events of one animation frame, shown from `nowNs` of the lab's time on.
 * @param networkNs what a datagram takes at most on an ordinary network of this cluster: its picture takes no less
 */
export function projectFlights(flights: Flights, events: readonly LabEvent[], nowNs: number, networkNs = 0): Flights {
  const wayNs = Math.max(flightVisibleNs, networkNs);
  const byKey = new Map<string, Flight>();
  for (const flight of flights.list) if (!isOver(flight, nowNs)) byKey.set(flight.key, flight);
  let { leftOut } = flights;

  for (const event of events) {
    switch (event.type) {
      case 'datagram-sent': {
        // Clients from outside have no place in the picture.
        if (isClientId(event.to)) break;
        const flight = takeOff(event, byKey, nowNs, wayNs);
        if (flight) byKey.set(flight.key, flight);
        else leftOut += 1;
        break;
      }
      case 'datagram-received':
        settle(byKey, keyOf(event.from, event.fromBoot, event.node, event.datagram), 'arrived');
        break;
      case 'datagram-dropped':
        settle(byKey, keyOf(event.from, event.fromBoot, event.node, event.datagram), 'dropped', event.faultRule);
        break;
      case 'datagram-faulted': {
        const key = keyOf(event.from, event.fromBoot, event.node, event.datagram);
        const flight = byKey.get(key);
        if (flight) byKey.set(key, afterAct(flight, event));
        break;
      }
      case 'datagram-refused':
        refuseDamaged(byKey, event.node);
        break;
      case 'send-failed':
        settle(byKey, keyOf(event.node, event.boot, event.to, event.datagram), 'failed');
        break;
      default:
    }
  }
  return { list: [...byKey.values()], leftOut };
}

/** How a flight, or a further copy of it, looks at `nowNs`; undefined before it sets out and when it is over. */
export function pictureFlight(flight: Flight, nowNs: number, copy = 0): FlightPicture | undefined {
  if (nowNs < flight.startNs || isOver(flight, nowNs)) return undefined;
  const { way, isHeld } = wayOf(flight, copy, nowNs);
  if (copy > 0 && way < splitsAt) return undefined;
  if (isHeld) return { progress: way, isLost: false, isHeld };
  if (flight.fate === 'arrived') {
    return way > 1 && flight.copies.length > 1 ? undefined : { progress: Math.min(1, way), isLost: false };
  }
  const end = endOfWay(flight);
  if (way < end) return { progress: way, isLost: false };
  const isKnown = flight.fate !== 'unknown' || nowNs > flight.endNs + fateGraceNs;
  return { progress: end, isLost: isKnown };
}

/** What names a datagram at both ends, as one word. */
export function keyOf(from: NodeId, boot: number, to: NodeId, datagram: number): string {
  return `${from}:${boot}:${to}:${datagram}`;
}

/** The flight of a datagram that was just sent, or undefined when the picture is full. */
function takeOff(
  event: EventOf<'datagram-sent'>,
  shown: ReadonlyMap<string, Flight>,
  nowNs: number,
  wayNs: number,
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
    fromBoot: event.boot,
    to: event.to,
    datagram: event.datagram,
    kind,
    message: event.message,
    isRoutine: kind === 'heartbeat' || (kind === 'reply' && call?.kind === 'heartbeat'),
    uuid: event.uuid,
    isReply: reply,
    ...undisturbed(startNs, wayNs),
    fate: 'unknown',
    droppedBy: '',
  };
}

function settle(shown: Map<string, Flight>, key: string, fate: Flight['fate'], droppedBy = ''): void {
  const flight = shown.get(key);
  if (flight) shown.set(key, { ...flight, fate, droppedBy });
}

/** A refusal does not say which datagram it was about: it is the oldest damaged one that is still on its way there. */
function refuseDamaged(shown: Map<string, Flight>, to: NodeId): void {
  for (const [key, flight] of shown) {
    if (flight.to !== to || flight.fate !== 'unknown' || !isDamaged(flight)) continue;
    shown.set(key, { ...flight, fate: 'refused' });
    return;
  }
}

function endOfWay({ fate }: Flight): number {
  if (fate === 'dropped') return droppedAt;
  return fate === 'refused' ? refusedAt : lostAt;
}

/** Its picture has ended, its cross has gone. */
export function isOver(flight: Flight, nowNs: number): boolean {
  if (flight.fate === 'arrived') return nowNs >= flight.endNs;
  const crossNs = flight.crossNs ?? crossVisibleNs;
  if (flight.fate === 'unknown') return nowNs >= flight.endNs + fateGraceNs + crossNs;
  const endNs = flight.endNs - flight.wayNs * (1 - endOfWay(flight));
  return nowNs >= endNs + crossNs;
}
