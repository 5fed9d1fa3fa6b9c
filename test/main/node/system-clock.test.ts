import { expect, it } from 'vitest';
import { createSystemClock } from '../../../main/node/system-clock.ts';
import { until } from '../../support/until.ts';

const millisecond = 1_000_000;

it('counts whole nanoseconds from its origin and never back', () => {
  const clock = createSystemClock(process.hrtime.bigint());
  const times = Array.from({ length: 1_000 }, () => clock.nowNs());
  expect(times.every((time) => Number.isSafeInteger(time) && time >= 0)).toBe(true);
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  expect(createSystemClock(process.hrtime.bigint() - 5_000_000_000n).nowNs()).toBeGreaterThanOrEqual(5_000_000_000);
});

it('agrees with the clock of the system', () => {
  const origin = process.hrtime.bigint();
  const clock = createSystemClock(origin);
  const apart = Array.from({ length: 50 }, () => Math.abs(clock.nowNs() - Number(process.hrtime.bigint() - origin)));
  expect(Math.min(...apart)).toBeLessThan(millisecond / 10);
});

it('calls at the deadline or soon after, and only the latest timer', async () => {
  const clock = createSystemClock(process.hrtime.bigint());
  const calls: string[] = [];
  let lateNs = 0;
  clock.setTimer(clock.nowNs() + 5 * millisecond, () => calls.push('replaced'));
  const deadlineNs = clock.nowNs() + 20 * millisecond;
  clock.setTimer(deadlineNs, () => {
    calls.push('due');
    lateNs = clock.nowNs() - deadlineNs;
  });
  await until(() => calls.length > 0, 'the timer');
  expect(calls).toEqual(['due']);
  // Timers count whole milliseconds.
  expect(lateNs).toBeGreaterThan(-millisecond);
});

it('is at once due for a deadline that has passed, and waits for one beyond what timers can', async () => {
  const clock = createSystemClock(process.hrtime.bigint());
  const calls: string[] = [];
  clock.setTimer(Infinity, () => calls.push('endless'));
  clock.setTimer(clock.nowNs() + 2 ** 52, () => calls.push('far'));
  let isOver = false;
  clock.defer(() => {
    isOver = true;
  });
  await until(() => isOver, 'the end of the turn');
  expect(calls).toEqual([]);
  clock.setTimer(-1, () => calls.push('passed'));
  await until(() => calls.includes('passed'), 'the passed deadline');
});

it('does not call after it was cleared', async () => {
  const clock = createSystemClock(process.hrtime.bigint());
  const calls: string[] = [];
  clock.setTimer(clock.nowNs() + millisecond, () => calls.push('cleared'));
  clock.clearTimer();
  const other = createSystemClock(process.hrtime.bigint());
  other.setTimer(other.nowNs() + 10 * millisecond, () => calls.push('other'));
  await until(() => calls.length > 0, 'a later timer');
  expect(calls).toEqual(['other']);
});
