/**
 * The machine's monotonic clock, counted from an origin that all nodes of a lab share.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Clock } from '../ports.ts';

/** @param originNs `process.hrtime.bigint()` of time 0. */
export function createSystemClock(originNs: bigint): Clock {
  let timer: NodeJS.Timeout | undefined;
  const nowNs = (): number => Number(process.hrtime.bigint() - originNs);
  return {
    nowNs,
    setTimer(deadlineNs, handler) {
      clearTimeout(timer);
      // Rounded up: a timer that fires early would only have to be set again.
      const delayMs = Math.max(0, Math.ceil((deadlineNs - nowNs()) / nanosecondsPerMillisecond));
      timer = setTimeout(handler, Math.min(delayMs, 2 ** 31 - 1));
    },
    clearTimer() {
      clearTimeout(timer);
    },
    defer(handler) {
      setImmediate(handler);
    },
  };
}
