import { expect, it } from 'vitest';
import { ClusterHomes } from '../../../../main/sim/lab/cluster-homes.ts';
import { SimStream } from '../../../../main/sim/lab/sim-stream.ts';
import { World } from '../../../../main/sim/world.ts';

it('takes the latest cluster of a size up again, and begins another when asked to', () => {
  const world = new World();
  const { lab } = new SimStream(world);
  const homes = new ClusterHomes(world, lab, { level: 'upper', flush: { minNs: 1, maxNs: 2 } });
  const wish = { nodes: 3, voters: 2, seed: 9, fresh: false };
  const first = homes.open(wish);
  expect(first).toMatchObject({ voters: 2, name: 'simulated cluster-3, seed 9' });
  expect(homes.open({ ...wish, voters: 3, seed: 10 })).toBe(first);
  const fresh = homes.open({ ...wish, fresh: true });
  const larger = homes.open({ ...wish, nodes: 5 });
  expect(fresh.name).toBe('simulated cluster-3.2, seed 9');
  expect(new Set([first, fresh, larger].map(({ clusterId }) => clusterId)).size).toBe(3);
  expect(homes.open(wish)).toBe(fresh);
});
