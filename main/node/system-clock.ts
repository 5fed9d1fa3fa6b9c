/**
 * The machine's monotonic clock, counted from an origin that all nodes of a lab share.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Clock } from '../ports.ts';

const timeoutMsMax = 2 ** 31 - 1;

/** @param originNs `process.hrtime.bigint()` of time 0. */
export function createSystemClock(originNs: bigint): Clock {
  const startNs = startOf(originNs);
  const nowNs = (): number => Math.floor(startNs + performance.now() * nanosecondsPerMillisecond);
  return {
    nowNs,
    ...createTimer(nowNs),
    defer(handler) {
      setImmediate(handler);
    },
  };
}

/**
 * What `performance.now()` counts from, on the scale of the origin: the same clock of the system, read without a bigint each time.
 * The closest of some pairs of readings counts, so that the scales of several threads agree.
 */
function startOf(originNs: bigint): number {
  let startNs = 0;
  let closestNs = Infinity;
  for (let round = 0; round < 10; round += 1) {
    const before = performance.now() * nanosecondsPerMillisecond;
    const middle = Number(process.hrtime.bigint() - originNs);
    const after = performance.now() * nanosecondsPerMillisecond;
    if (after - before >= closestNs) continue;
    closestNs = after - before;
    startNs = middle - (before + after) / 2;
  }
  return startNs;
}

/**
 * A server under load moves its deadline further off many thousand times a second. The timer of the system is left alone
 * then: it comes early and is set anew.
 */
function createTimer(nowNs: () => number): Pick<Clock, 'setTimer' | 'clearTimer'> {
  let timer: NodeJS.Timeout | undefined;
  let timerNs = Infinity;
  let due: { readonly deadlineNs: number; readonly handler: () => void } | undefined;
  const arm = (deadlineNs: number): void => {
    // Rounded up: a timer that fires early would only have to be set again.
    const delayMs = Math.max(0, Math.ceil((deadlineNs - nowNs()) / nanosecondsPerMillisecond));
    timerNs = deadlineNs;
    timer = setTimeout(onTimer, Math.min(delayMs, timeoutMsMax));
  };
  const onTimer = (): void => {
    timer = undefined;
    if (due === undefined) return;
    const { deadlineNs, handler } = due;
    if (deadlineNs > nowNs()) return arm(deadlineNs);
    due = undefined;
    return handler();
  };
  return {
    setTimer(deadlineNs, handler) {
      due = { deadlineNs, handler };
      if (timer !== undefined && timerNs <= deadlineNs) return;
      clearTimeout(timer);
      arm(deadlineNs);
    },
    clearTimer() {
      due = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
