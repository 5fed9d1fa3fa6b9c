import { expect, it } from 'vitest';
import { Draws } from '../../../main/sim/draws.ts';

const many = (draws: Draws): number[] => Array.from({ length: 200 }, () => draws.integer(1, 1_000));

it('draws the same for the same seed and name, and something else for another of either', () => {
  expect(many(new Draws(5, 'disk'))).toEqual(many(new Draws(5, 'disk')));
  expect(many(new Draws(5, 'disk'))).not.toEqual(many(new Draws(6, 'disk')));
  expect(many(new Draws(5, 'disk'))).not.toEqual(many(new Draws(5, 'link')));
});

it('picks by weight, never what weighs nothing', () => {
  const draws = new Draws(1, 'weights');
  const drawn = Array.from({ length: 3_000 }, () =>
    draws.weighted<string>([
      [1, 'rare'],
      [0, 'never'],
      [9, 'often'],
    ]),
  );
  const rare = drawn.filter((name) => name === 'rare').length;
  expect(drawn).not.toContain('never');
  expect(rare).toBeGreaterThan(200);
  expect(rare).toBeLessThan(400);
});

it('spreads over the orders of magnitude and stays within its bounds', () => {
  const draws = new Draws(2, 'spread');
  const drawn = Array.from({ length: 3_000 }, () => draws.spread(1, 10_000));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(10_000);
  const small = drawn.filter((value) => value < 100).length;
  expect(small).toBeGreaterThan(1_200);
  expect(small).toBeLessThan(1_800);
});

it('is true as often as it is told to, and refuses to pick from nothing', () => {
  const draws = new Draws(3, 'chance');
  expect(Array.from({ length: 100 }, () => draws.perMille(0))).not.toContain(true);
  expect(Array.from({ length: 100 }, () => draws.perMille(1_000))).not.toContain(false);
  expect(() => draws.pick([])).toThrow('nothing to pick');
});
