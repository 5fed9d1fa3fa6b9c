import { expect, it } from 'vitest';
import { figure8 } from '../../../../main/sim/explore/openings.ts';
import { Explored } from './explore-fixture.ts';

it('Figure 8 begins with two leaders of the past and a third office, each with entries of its own', () => {
  const explored = new Explored(3);
  for (const choose of figure8) explored.move(choose(explored.world, explored.flights));
  expect(explored.roles()[0]).toBe('leader');
  expect(explored.world.servers.map(({ term }) => term)).toStrictEqual([3, 2, 3]);
  expect(explored.world.servers.map(({ log }) => log.runs.map(({ term }) => term))).toStrictEqual([[1, 3], [2], []]);
});
