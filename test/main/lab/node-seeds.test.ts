import { expect, it } from 'vitest';
import { NodeSeeds } from '../../../main/lab/node-seeds.ts';

it('draws the same for the same life of the same node, and otherwise something else', () => {
  const drawn = (): object[] => {
    const seeds = new NodeSeeds(5);
    return [seeds.next(0), seeds.next(1), seeds.next(0)];
  };
  expect(drawn()).toEqual(drawn());
  const all = [...drawn(), new NodeSeeds(6).next(0)].flatMap((one) => Object.values(one));
  expect(new Set(all).size).toBe(8);
});

it('draws by chance without a seed', () => {
  const all = Array.from({ length: 4 }, () => new NodeSeeds(undefined).next(0).seed);
  expect(new Set(all).size).toBeGreaterThan(1);
});
