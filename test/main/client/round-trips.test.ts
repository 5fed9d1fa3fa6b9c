import { expect, it } from 'vitest';
import { restMs, RoundTrips } from '../../../main/client/round-trips.ts';
import { limits } from '../../../shared/cluster-config.ts';

const { clientRetryMinMs, clientRetryMaxMs } = limits;

it('waits at least and at most so long, twice as long each time', () => {
  const trips = new RoundTrips();
  for (let count = 0; count < 20; count += 1) trips.measured(1);
  expect([0, 1, 2].map((sends) => trips.retryAfterMs(sends, 0))).toEqual([50, 100, 200]);
  expect(trips.retryAfterMs(0, 0)).toBe(clientRetryMinMs);
  expect(trips.retryAfterMs(30, 0)).toBe(clientRetryMaxMs);
});

it('waits longer where answers take longer, and learns when that changes', () => {
  const trips = new RoundTrips();
  for (let count = 0; count < 50; count += 1) trips.measured(200);
  expect(trips.retryAfterMs(0, 0)).toBeGreaterThanOrEqual(200);
  expect(trips.retryAfterMs(0, 0)).toBeLessThan(300);
  for (let count = 0; count < 50; count += 1) trips.measured(2);
  expect(trips.retryAfterMs(0, 0)).toBe(clientRetryMinMs);
});

it('gives large requests the time that they need to travel', () => {
  expect(new RoundTrips().retryAfterMs(0, 1_000_000)).toBe(200);
});

it('rests twice as long each time', () => {
  expect([0, 1, 2, 3, 99].map(restMs)).toEqual([50, 50, 100, 200, clientRetryMaxMs]);
});
