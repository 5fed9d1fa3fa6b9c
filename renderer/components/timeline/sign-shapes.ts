/** What stands for each kind of landmark: a shape of its own, so that the colour only helps. Paths around (0, 0), 10 px wide. */
import type { LandmarkKind } from '../../../shared/projection/landmarks.ts';

export const signShapes: Readonly<Record<LandmarkKind, string>> = {
  /** An octagon with an exclamation mark cut out. */
  violation:
    'M-2.3 -5.5H2.3L5.5 -2.3V2.3L2.3 5.5H-2.3L-5.5 2.3V-2.3Z M-0.8 -3.6L-0.5 1H0.5L0.8 -3.6Z M-0.8 2H0.8V3.6H-0.8Z',
  leader: 'M-5 4L-5 -3L-2.5 0L0 -4.5L2.5 0L5 -3L5 4Z',
  /** A flag. */
  bench: 'M-4 -5.5H-2.8V-5H5L3 -2L5 1H-2.8V5.5H-4Z',
  /** A cross. */
  end: 'M-4.8 -3.4L-3.4 -4.8L0 -1.4L3.4 -4.8L4.8 -3.4L1.4 0L4.8 3.4L3.4 4.8L0 1.4L-3.4 4.8L-4.8 3.4L-1.4 0Z',
  /** Points up. */
  start: 'M0 -4.5L4.8 4H-4.8Z',
  /** A bolt. */
  fault: 'M1.5 -5.5L-4 1H-0.5L-1.5 5.5L4 -1H0.5Z',
  heal: 'M-1.3 -4.8H1.3V-1.3H4.8V1.3H1.3V4.8H-1.3V1.3H-4.8V-1.3H-1.3Z',
  /** A diamond. */
  membership: 'M0 -5.2L5.2 0L0 5.2L-5.2 0Z',
  /** A ring. */
  election: 'M0 -4.5A4.5 4.5 0 1 1 0 4.5A4.5 4.5 0 1 1 0 -4.5Z M0 -2.3A2.3 2.3 0 1 0 0 2.3A2.3 2.3 0 1 0 0 -2.3Z',
  role: 'M0 -2A2 2 0 1 1 0 2A2 2 0 1 1 0 -2Z',
  /** A frame. */
  snapshot: 'M-4.2 -4.2H4.2V4.2H-4.2Z M-2.4 -2.4V2.4H2.4V-2.4Z',
};
