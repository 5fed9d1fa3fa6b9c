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
