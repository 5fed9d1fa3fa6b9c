import { describe, expect, it } from 'vitest';
import type { Link } from '../../../shared/fault-rule.ts';
import { linkGroups } from '../../../shared/projection/link-groups.ts';

const both = (a: number, b: number): Link[] => [
  { from: a, to: b },
  { from: b, to: a },
];
const apart = (left: number[], right: number[]): Link[] => left.flatMap((a) => right.flatMap((b) => both(a, b)));

describe('the groups that cuts make', () => {
  it('are one while nothing is cut, and none without servers', () => {
    expect(linkGroups([2, 0, 1], [])).toEqual([[0, 1, 2]]);
    expect(linkGroups([], [])).toEqual([]);
  });

  it('are those between which nothing passes', () => {
    expect(linkGroups([0, 1, 2, 3, 4], apart([0, 3], [1, 2, 4]))).toEqual([
      [0, 3],
      [1, 2, 4],
    ]);
    expect(linkGroups([0, 1, 2], [...both(0, 1), ...both(0, 2), ...both(1, 2)])).toEqual([[0], [1], [2]]);
  });

  it('are not made by a single direction, nor by a cut that others bridge', () => {
    expect(linkGroups([0, 1], [{ from: 0, to: 1 }])).toEqual([[0, 1]]);
    expect(linkGroups([0, 1, 2], both(0, 1))).toEqual([[0, 1, 2]]);
    expect(linkGroups([0, 1, 2], apart([0], [1]).concat(both(0, 2).slice(0, 1)))).toEqual([[0, 1, 2]]);
  });
});
