import { expect, it } from 'vitest';
import { Pace } from '../../../main/workload/pace.ts';
import { millisecond } from '../../support/workload-world.ts';

it('lets a request go each time that one is due', () => {
  const pace = new Pace(500, 0);
  expect([pace.take(0), pace.take(0)]).toEqual([true, false]);
  expect(pace.waitMs(0)).toBe(2);
  expect([pace.take(4 * millisecond), pace.take(4 * millisecond), pace.take(4 * millisecond)]).toEqual([
    true,
    true,
    false,
  ]);
});

it('makes up for a short delay, and not for a long one', () => {
  const pace = new Pace(1_000, 0);
  let taken = 0;
  while (pace.take(60 * millisecond)) taken += 1;
  expect(taken).toBe(61);
  taken = 0;
  while (pace.take(10_000 * millisecond)) taken += 1;
  expect(taken).toBe(101);
});

it('always lets one go where there is no rate', () => {
  const pace = new Pace(undefined, 0);
  expect([pace.take(0), pace.take(0), pace.take(0)]).toEqual([true, true, true]);
});
