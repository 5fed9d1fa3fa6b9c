/**
 * What fault rules do to a datagram in the picture: it hangs as long as it is held back, and a copy of it splits off. A part of
 * the fold in `flights.ts`.
 */
import type { DatagramFaultAct } from '../net-event.ts';

/** One act of a rule upon one datagram. */
export interface FlightAct {
  readonly act: DatagramFaultAct;
  readonly faultRule: string;
  readonly delayNs: number;
}

/** The part of a flight that the rules change. */
export interface FaultedWay {
  /** How long the picture of an undisturbed datagram takes. */
  readonly wayNs: number;
  readonly startNs: number;
  /** When the last of its copies arrives. */
  readonly endNs: number;
  /** What rules did to it, in order. */
  readonly acts: readonly FlightAct[];
  /** How long each copy hangs, ns. The first one is the datagram itself. */
  readonly copies: readonly number[];
}

/** Where on its way a datagram hangs, and where a copy splits off: fractions of the way. */
export const heldAt = 0.64;
export const splitsAt = 0.42;
/** A shorter delay is no waiting that anybody could see. */
const hangsFromNs = 15e6;
/** More copies than this are not drawn. */
const copiesMax = 3;

/** The way of a datagram to which nothing happens. */
export function undisturbed(startNs: number, wayNs: number): FaultedWay {
  return { startNs, wayNs, endNs: startNs + wayNs, acts: [], copies: [0] };
}

/** The same way after one more act. A late act is told all the same: then the picture steps back and waits. */
export function afterAct<Way extends FaultedWay>(way: Way, { act, faultRule, delayNs }: FlightAct): Way {
  const copies = copiesAfter(way, act, faultRule, delayNs);
  const endNs = way.startNs + way.wayNs + Math.max(...copies);
  return { ...way, acts: [...way.acts, { act, faultRule, delayNs }], copies, endNs };
}

function copiesAfter(
  { acts, copies }: FaultedWay,
  act: DatagramFaultAct,
  faultRule: string,
  delayNs: number,
): readonly number[] {
  switch (act) {
    case 'duplicated':
      return copies.length < copiesMax ? [...copies, copies[0] ?? 0] : copies;
    case 'delayed':
    case 'reordered': {
      if (delayNs < hangsFromNs) return copies;
      // A rule tells each copy that it holds, in order, and does not say which.
      const told = acts.filter((other) => other.act === act && other.faultRule === faultRule).length;
      const copy = Math.min(told, copies.length - 1);
      return copies.map((holdNs, i) => (i === copy ? holdNs + delayNs : holdNs));
    }
    default:
      return copies;
  }
}

/** How far a copy is at `nowNs`: 0 at the sender, 1 and more at the receiver. */
export function wayOf(
  { startNs, wayNs, copies }: FaultedWay,
  copy: number,
  nowNs: number,
): { way: number; isHeld: boolean } {
  const holdNs = copies[copy] ?? 0;
  const passed = nowNs - startNs;
  const untilHeld = wayNs * heldAt;
  if (passed < untilHeld || holdNs === 0) return { way: passed / wayNs, isHeld: false };
  if (passed < untilHeld + holdNs) return { way: heldAt, isHeld: true };
  return { way: (passed - holdNs) / wayNs, isHeld: false };
}

/** Bits of it flipped on the way. */
export function isDamaged({ acts }: FaultedWay): boolean {
  return acts.some(({ act }) => act === 'corrupted');
}
