/** The client's time: monotonic, one timer, and the end of the loop turn. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Clock } from '../ports.ts';

/** The longest that a timer of the system can wait, ms. */
const timerMsMax = 2 ** 31 - 1;

export function createClientClock(): Clock {
  let timer: NodeJS.Timeout | undefined;
  // Not hrtime: this is read for each request, and a BigInt each time would show.
  const nowNs = (): number => Math.floor(performance.now() * nanosecondsPerMillisecond);
  return {
    nowNs,
    setTimer(deadlineNs, handler) {
      clearTimeout(timer);
      const delayMs = Math.max(0, Math.ceil((deadlineNs - nowNs()) / nanosecondsPerMillisecond));
      timer = setTimeout(handler, Math.min(delayMs, timerMsMax));
    },
    clearTimer() {
      clearTimeout(timer);
    },
    defer(handler) {
      setImmediate(handler);
    },
  };
}
