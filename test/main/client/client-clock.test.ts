import { expect, it } from 'vitest';
import { createClientClock } from '../../../main/client/client-clock.ts';
import { until } from '../../support/until.ts';

const millisecond = 1_000_000;

it('counts whole nanoseconds, never back, and calls the latest timer when it is due', async () => {
  const clock = createClientClock();
  const calls: string[] = [];
  const startNs = clock.nowNs();
  expect(Number.isInteger(startNs)).toBe(true);
  clock.setTimer(startNs + 5 * millisecond, () => calls.push('replaced'));
  clock.setTimer(startNs + 20 * millisecond, () => calls.push('due'));
  await until(() => calls.length > 0, 'the timer');
  expect(calls).toEqual(['due']);
  expect(clock.nowNs()).toBeGreaterThan(startNs + 18 * millisecond);
});

it('calls no timer that was cleared, and what is deferred after the turn', async () => {
  const clock = createClientClock();
  const calls: string[] = [];
  clock.setTimer(clock.nowNs(), () => calls.push('cleared'));
  clock.clearTimer();
  clock.defer(() => calls.push('deferred'));
  expect(calls).toEqual([]);
  await until(() => calls.length > 0, 'the deferred call');
  expect(calls).toEqual(['deferred']);
});
