/** One shape per kind of datagram, about ten pixels wide around (0, 0): the colour only repeats what the shape says. */
import type { FlightKind } from '../../../shared/projection/flights.ts';

export const flightShapes: Record<FlightKind, string> = {
  /** A heart. */
  heartbeat: 'M0 4.6 L-4.4 .2 A2.5 2.5 0 0 1 0 -3 A2.5 2.5 0 0 1 4.4 .2 Z',
  /** A square, like the cells of a log. */
  entries: 'M-4.5 -4.5 H4.5 V4.5 H-4.5 Z',
  /** Two plates, one upon the other. */
  snapshot: 'M-5 -5.5 H5 V-1 H-5 Z M-5 1 H5 V5.5 H-5 Z',
  /** A diamond. */
  vote: 'M0 -6 L6 0 L0 6 L-6 0 Z',
  /** A crown. */
  handover: 'M-6 4 V-4.5 L-2.5 -.5 L0 -5.5 L2.5 -.5 L6 -4.5 V4 Z',
  /** A triangle. */
  client: 'M-5 4.5 L0 -5 L5 4.5 Z',
  /** A disc. */
  reply: 'M-4 0 A4 4 0 1 1 4 0 A4 4 0 1 1 -4 0 Z',
  /** A disc with a bar through it. */
  refusal: 'M-5 0 A5 5 0 1 1 5 0 A5 5 0 1 1 -5 0 Z M-2.8 -1 V1 H2.8 V-1 Z',
};

/** Where one was lost. Stroked, not filled. */
export const crossShape = 'M-5 -5 L5 5 M5 -5 L-5 5';

export const flightKinds: readonly FlightKind[] = [
  'heartbeat',
  'entries',
  'snapshot',
  'vote',
  'handover',
  'client',
  'reply',
  'refusal',
];
