import { describe, expect, it } from 'vitest';
import { clearance, distanceToLine } from '../../../../renderer/components/stage/clear-way.ts';

const [left, middle, right] = [
  { x: 0, y: 0 },
  { x: 50, y: 10 },
  { x: 100, y: 0 },
];

describe('a way', () => {
  it('is as far from a point as its nearest place', () => {
    expect(distanceToLine({ x: 50, y: 30 }, left, right)).toBe(30);
    expect(distanceToLine({ x: 103, y: 4 }, left, right)).toBe(5);
    expect(distanceToLine({ x: 3, y: 4 }, left, left)).toBe(5);
  });

  it('is as clear as the point that comes nearest to it, its ends aside', () => {
    expect(clearance([left, middle], [right])).toBeCloseTo(10);
    expect(clearance([left], [right])).toBe(Number.POSITIVE_INFINITY);
  });
});
