import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { durationText, readDuration, readDurationSpan } from '../../../main/scenario/durations.ts';

it('reads times with a unit, and nothing else', () => {
  expect(['500 ms', '3 s', '2.5s', ' 1 min ', '0 ms'].map(readDuration)).toEqual([500, 3_000, 2_500, 60_000, 0]);
  for (const none of ['5', 5, '', '-1 s', '1 h', '1 s 2 ms', undefined]) expect(readDuration(none)).toBeUndefined();
});

it('reads two times, or one that is both', () => {
  expect(readDurationSpan('50 ms to 1 s')).toEqual({ minMs: 50, maxMs: 1_000 });
  expect(readDurationSpan('50 ms')).toEqual({ minMs: 50, maxMs: 50 });
  expect(readDurationSpan('50 ms..80 ms')).toEqual({ minMs: 50, maxMs: 80 });
  for (const none of ['50', '1 s to 2', '1 s to 2 s to 3 s', 5]) expect(readDurationSpan(none)).toBeUndefined();
});

it('writes what it reads back', () => {
  expect([500, 3_000, 2_500, 1_234].map(durationText)).toEqual(['500 ms', '3 s', '2.5 s', '1234 ms']);
  fc.assert(fc.property(fc.nat(10_000_000), (ms) => readDuration(durationText(ms)) === ms));
  fc.assert(fc.property(fc.nat(100_000), (tenths) => readDuration(durationText(tenths * 100)) === tenths * 100));
});
