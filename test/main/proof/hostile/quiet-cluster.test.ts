import { expect, it } from 'vitest';
import { QuietCluster, servers } from '../../../../main/proof/hostile/quiet-cluster.ts';
import { stir } from '../../../../main/proof/hostile/stir.ts';

it('works, is captured, and stands still when nobody lets time pass', () => {
  const cluster = new QuietCluster(3);
  const random = { random: 3 };
  for (let round = 0; round < 4; round += 1) stir(cluster, random, round);
  expect(cluster.acts.failed).toEqual([]);
  expect(servers.map((id) => cluster.node(id).boot).some((boot) => boot > 1)).toBe(true);
  expect(new Set(cluster.captures.map(({ kind }) => kind)).size).toBeGreaterThan(12);
  expect(cluster.captures.some(({ to, toBoot }) => toBoot !== 0 && toBoot < cluster.node(to).boot)).toBe(true);
  const { nowNs, delivered } = cluster.world;
  cluster.world.settle();
  expect([cluster.world.nowNs, cluster.world.delivered]).toEqual([nowNs, delivered]);
  for (const id of servers) cluster.stop(id);
  expect(cluster.tally.datagrams).toBe(cluster.world.delivered);
  expect(cluster.tally.others.get('datagram-sent')).toBeGreaterThan(100);
});
