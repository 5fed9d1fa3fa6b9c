/** The small sign beside a datagram that a fault rule got hold of. Pure. */
import { heldAt, splitsAt, type FlightAct } from '../../../shared/projection/flight-copies.ts';
import type { Flight, FlightPicture } from '../../../shared/projection/flights.ts';

/** `copy`: a rule doubled it; `overtaken`: a rule holds it back so that others pass. */
export type FlightMark = 'held' | 'overtaken' | 'copy' | 'damaged';

/** Seven pixels wide around (0, 0); stroked, but for the hourglass. */
export const markShapes: Readonly<Record<FlightMark, string>> = {
  held: 'M-3 -4 H3 L-3 4 H3 Z',
  overtaken: 'M-4 -2 H2.5 L0 -4.5 M4 2 H-2.5 L0 4.5',
  copy: 'M0 -3.5 V3.5 M-3.5 0 H3.5',
  damaged: 'M-1 -4.5 L2 -1 L-2 .8 L1 4.5',
};

const has = (acts: readonly FlightAct[], act: FlightAct['act']): boolean => acts.some((other) => other.act === act);

/** The one that matters most for where the datagram is now. */
export function markOf({ acts }: Flight, picture: FlightPicture): FlightMark | undefined {
  if (acts.length === 0) return undefined;
  if (picture.isHeld) return has(acts, 'reordered') ? 'overtaken' : 'held';
  if (has(acts, 'corrupted') && picture.progress > splitsAt) return 'damaged';
  if (has(acts, 'duplicated') && picture.progress > splitsAt && picture.progress < heldAt + 0.2) return 'copy';
  return undefined;
}

/** How far beside its way a copy flies: it leaves the first one where it splits. Pixels. */
export function copyAside(copy: number, progress: number): number {
  return copy === 0 ? 0 : copy * 13 * Math.min(1, Math.max(0, (progress - splitsAt) / 0.15));
}
