import { expect, it } from 'vitest';
import { LatestMap } from '../../../main/check/latest-map.ts';

it('forgets what was put in first, and knows that it has', () => {
  const map = new LatestMap<string>(2);
  for (const key of [1, 2]) map.set(key, `${key}`);
  expect(map.mayBeForgotten(0)).toBe(false);
  map.set(3, '3');
  expect([map.size, map.get(1), map.get(2)]).toEqual([2, undefined, '2']);
  expect([1, 2, 4].map((key) => map.mayBeForgotten(key))).toEqual([true, false, false]);
  expect([...map.entries()]).toEqual([
    [2, '2'],
    [3, '3'],
  ]);
});

it('goes on for long, and takes a key that is put in again for the one that is there', () => {
  const map = new LatestMap<number>(100);
  for (let key = 0; key < 300_000; key++) {
    map.set(key, key);
    map.set(key, key + 1);
  }
  expect([map.size, map.forgottenTo, map.get(299_900), map.get(299_899)]).toEqual([100, 299_899, 299_901, undefined]);
});
