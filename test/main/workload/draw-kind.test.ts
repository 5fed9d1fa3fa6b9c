import { expect, it } from 'vitest';
import { drawKind } from '../../../main/workload/draw-kind.ts';

it('draws by the weights', () => {
  const mix = { append: 6, conditionalAppend: 2, linearizableRead: 1, leaseRead: 0, localRead: 1 };
  const random = { random: 3 };
  const counts = new Map<string, number>();
  for (let draws = 0; draws < 10_000; draws += 1) {
    const kind = drawKind(mix, random);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual(['append', 'conditionalAppend', 'linearizableRead', 'localRead']);
  for (const [kind, share] of [
    ['append', 0.6],
    ['conditionalAppend', 0.2],
    ['linearizableRead', 0.1],
  ] as const) {
    expect(Math.abs((counts.get(kind) ?? 0) / 10_000 - share)).toBeLessThan(0.02);
  }
});

it('draws the only one that there is, and nothing from nothing', () => {
  const none = { append: 0, conditionalAppend: 0, linearizableRead: 0, leaseRead: 0, localRead: 0 };
  expect(drawKind({ ...none, leaseRead: 5 }, { random: 1 })).toBe('leaseRead');
  expect(() => drawKind(none, { random: 1 })).toThrow(RangeError);
});
