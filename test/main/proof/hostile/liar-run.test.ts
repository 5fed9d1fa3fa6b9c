import { expect, it } from 'vitest';
import { runLiar } from '../../../../main/proof/hostile/liar-run.ts';
import { QuietCluster } from '../../../../main/proof/hostile/quiet-cluster.ts';

it('accounts for each lie, and some are believed', () => {
  const cluster = new QuietCluster(5);
  cluster.leader();
  const report = runLiar(cluster.captures, 400, { random: 5 });
  expect(report.problems).toEqual([]);
  const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
  expect(report.believed + refused).toBe(400);
  expect(Math.min(report.believed, refused)).toBeGreaterThan(10);
});
