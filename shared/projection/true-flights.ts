/**
 * Datagrams on their way in a picture of the past, where the end of each is known: from its true departure to its true
 * arrival, whichever way the picture runs, and fast or slow. What is too fast to be seen at the speed of the picture is stretched
 * until it can be; in a picture that stands nothing is.
 */
import type { EventOf, LabEvent } from '../event.ts';
import { isClientId } from '../ids.ts';
import { isReply } from '../raft-message.ts';
import { afterAct, undisturbed, type FlightAct } from './flight-copies.ts';
import { flightKindOf, isDelivery, type FlightKind } from './flight-kind.ts';
import {
  crossVisibleNs,
  flightsMax,
  flightsPerLinkMax,
  flightVisibleNs,
  isOver,
  keyOf,
  type Flight,
  type Flights,
} from './flights.ts';

/** What came of a datagram. */
interface Ending {
  readonly fate: 'arrived' | 'dropped' | 'failed';
  readonly timeNs: number;
  readonly droppedBy: string;
}

interface Departure {
  readonly key: string;
  readonly event: EventOf<'datagram-sent'>;
  readonly kind: FlightKind;
}

/** How long the way of a datagram is drawn whose end nobody reported: as on loopback. */
const usualNs = 100e3;
/** Who has not come by then, and nobody holds it, is lost. */
const lostAfterNs = 1e9;
/** A picture that stands shows a cross as long as one that crawls. */
const slowestCross = 0.01;

/** How the picture stands, and what it knows. */
export interface FlightMoment {
  /** The time that is shown. */
  readonly nowNs: number;
  /** Seconds shown a second, without a sign; 0 for a picture that stands. */
  readonly pace: number;
  /** Events are known up to here. */
  readonly knownNs: number;
}

/** Takes in the events of a window on the stream, in any order, and forgets those that leave it. */
export class TrueFlights {
  readonly #departures = new Map<string, Departure>();
  readonly #calls = new Map<string, Departure>();
  readonly #endings = new Map<string, Ending>();
  readonly #acts = new Map<string, readonly FlightAct[]>();
  /** What had no place in the picture: it must not appear in the middle of its way when there is one. */
  readonly #leftOut = new Set<string>();

  take(event: LabEvent): void {
    const key = keyOfEvent(event);
    if (key === undefined) return;
    if (event.type === 'datagram-sent') {
      // Clients from outside have no place in the picture.
      if (isClientId(event.to)) return;
      const departure = { key, event, kind: flightKindOf(event.message) };
      this.#departures.set(key, departure);
      if (!isReply(event.message.kind)) this.#calls.set(event.uuid, departure);
    } else if (event.type === 'datagram-faulted') {
      this.#acts.set(key, [...(this.#acts.get(key) ?? []), event]);
    } else {
      const ending = endingOf(event);
      if (ending && !this.#endings.has(key)) this.#endings.set(key, ending);
    }
  }

  forget(event: LabEvent): void {
    const key = keyOfEvent(event);
    if (key === undefined) return;
    if (event.type === 'datagram-sent') {
      this.#departures.delete(key);
      this.#leftOut.delete(key);
      if (this.#calls.get(event.uuid)?.key === key) this.#calls.delete(event.uuid);
    } else if (event.type === 'datagram-faulted') this.#acts.delete(key);
    else this.#endings.delete(key);
  }

  /** The picture jumps: what was left out before may be seen now. */
  jump(): void {
    this.#leftOut.clear();
  }

  at(moment: FlightMoment): Flights {
    const { nowNs, pace } = moment;
    const list: Flight[] = [];
    const perLink = new Map<string, number>();
    const visibleNs = pace * flightVisibleNs;
    for (const departure of this.#departures.values()) {
      const { key, event, kind } = departure;
      if (event.timeNs > nowNs || this.#latestEndNs(departure, visibleNs, pace) < nowNs) continue;
      const flight = this.#flightOf(departure, moment);
      if (nowNs < flight.startNs || isOver(flight, nowNs) || this.#leftOut.has(key)) continue;
      const link = `${flight.from}:${flight.to}:${kind}`;
      const sameWay = perLink.get(link) ?? 0;
      const isFull = list.length >= flightsMax || sameWay >= (kind === 'heartbeat' ? 1 : flightsPerLinkMax);
      if (isFull || this.#comesFromNowhere(departure)) {
        this.#leftOut.add(key);
        continue;
      }
      perLink.set(link, sameWay + 1);
      list.push(flight);
    }
    return { list, leftOut: this.#leftOut.size };
  }

  /** Past this nothing of it can be in the picture: a quick look, since most departures are long over. */
  #latestEndNs({ key, event }: Departure, visibleNs: number, pace: number): number {
    const endNs = this.#endings.get(key)?.timeNs ?? event.timeNs + lostAfterNs;
    const heldNs = (this.#acts.get(key) ?? []).reduce((sum, { delayNs }) => sum + delayNs, 0);
    return endNs + heldNs + 2 * visibleNs + crossNsAt(pace) + lostAfterNs;
  }

  /** The yes to a delivery that has no place in the picture. */
  #comesFromNowhere({ event, kind }: Departure): boolean {
    const call = this.#calls.get(event.uuid);
    return kind === 'reply' && isDelivery(event.message.kind) && call !== undefined && this.#leftOut.has(call.key);
  }

  #flightOf(departure: Departure, moment: FlightMoment): Flight {
    const { key, event, kind } = departure;
    const reply = isReply(event.message.kind);
    const call = reply ? this.#calls.get(event.uuid) : undefined;
    const startNs = Math.max(event.timeNs, call ? this.#flightOf(call, moment).endNs : 0);
    const acts = this.#acts.get(key) ?? [];
    const ending = this.#endings.get(key);
    const heldNs = Math.max(0, ...acts.map(({ delayNs }) => delayNs));
    const trueNs = ending ? ending.timeNs - event.timeNs - heldNs : usualNs;
    const wayNs = Math.max(1, trueNs, moment.pace * flightVisibleNs);
    const way = acts.reduce(afterAct, undisturbed(startNs, wayNs));
    const isDamaged = acts.some(({ act }) => act === 'corrupted');
    const isLost = moment.knownNs > event.timeNs + heldNs + lostAfterNs;
    return {
      ...way,
      key,
      from: event.node,
      fromBoot: event.boot,
      to: event.to,
      datagram: event.datagram,
      kind,
      message: event.message,
      isRoutine: kind === 'heartbeat' || (kind === 'reply' && call?.kind === 'heartbeat'),
      uuid: event.uuid,
      isReply: reply,
      fate: ending?.fate ?? (isDamaged ? 'refused' : isLost ? 'failed' : 'unknown'),
      droppedBy: ending?.droppedBy ?? '',
      crossNs: crossNsAt(moment.pace),
    };
  }
}

function crossNsAt(pace: number): number {
  return crossVisibleNs * Math.max(slowestCross, pace);
}

function endingOf(event: LabEvent): Ending | undefined {
  const { timeNs } = event;
  switch (event.type) {
    case 'datagram-received':
      return { fate: 'arrived', timeNs, droppedBy: '' };
    case 'datagram-dropped':
      return { fate: 'dropped', timeNs, droppedBy: event.faultRule };
    case 'send-failed':
      return { fate: 'failed', timeNs, droppedBy: '' };
    default:
      return undefined;
  }
}

function keyOfEvent(event: LabEvent): string | undefined {
  switch (event.type) {
    case 'datagram-sent':
    case 'send-failed':
      return keyOf(event.node, event.boot, event.to, event.datagram);
    case 'datagram-received':
    case 'datagram-dropped':
    case 'datagram-faulted':
      return keyOf(event.from, event.fromBoot, event.node, event.datagram);
    default:
      return undefined;
  }
}
