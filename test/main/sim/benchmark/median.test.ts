import { expect, it } from 'vitest';
import { median } from '../../../../main/sim/benchmark/median.ts';

it('is the middle one, or the lower of two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([])).toBeNaN();
});
