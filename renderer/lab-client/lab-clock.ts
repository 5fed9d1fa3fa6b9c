/**
 * The lab's clock as the page knows it. Every frame carries the lab's time; what the page adds is its own clock since then.
 * A frame only ever arrives late, so the largest difference seen is the best; it gives way slowly, since clocks drift.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';

/** How much of a smaller difference is believed per frame. */
const giveWay = 0.02;

export interface LabClock {
  /** A frame with the lab's time `labNs` arrived at the page's time `pageMs`. */
  observe(labNs: number, pageMs: number): void;
  /** The lab's time at the page's time `pageMs`; 0 before the first frame. */
  nowNs(pageMs: number): number;
  /** Another lab: its clock has another beginning. */
  forget(): void;
}

export function createLabClock(): LabClock {
  let offsetNs: number | undefined;
  return {
    observe(labNs, pageMs) {
      const observed = labNs - pageMs * nanosecondsPerMillisecond;
      offsetNs = offsetNs === undefined || observed > offsetNs ? observed : offsetNs + (observed - offsetNs) * giveWay;
    },
    nowNs: (pageMs) => (offsetNs === undefined ? 0 : offsetNs + pageMs * nanosecondsPerMillisecond),
    forget() {
      offsetNs = undefined;
    },
  };
}
