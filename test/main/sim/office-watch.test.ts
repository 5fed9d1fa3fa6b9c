import { expect, it } from 'vitest';
import { OfficeWatch } from '../../../main/sim/office-watch.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

function start() {
  const cluster = startWithLeader();
  const reports: string[] = [];
  const watch = new OfficeWatch(cluster.world, cluster.administrator, (promise) => reports.push(promise));
  return { ...cluster, reports, watch };
}

it('is content with a leader that stays', () => {
  const { watch, reports, runFor } = start();
  watch.carryOut({ kind: 'keeps-office', forMs: 500 });
  runFor(1_000);
  expect(reports).toEqual([]);
});

it('tells of a leader that loses its office, and of one that does not give it up', () => {
  const { watch, reports, administrator, follower, runFor } = start();
  watch.carryOut({ kind: 'keeps-office', forMs: 2_000 });
  administrator.carryOut({ kind: 'transfer', to: follower.id });
  runFor(1_000);
  expect(reports).toEqual(['keeps-office']);
  watch.carryOut({ kind: 'gives-up', forMs: 500 });
  runFor(1_000);
  expect(reports).toEqual(['keeps-office', 'gives-up']);
});

it('does not ask it of a process that is gone, nor of nobody', () => {
  const { watch, reports, leader, nodes, runFor } = start();
  watch.carryOut({ kind: 'keeps-office', forMs: 1_000 });
  watch.carryOut({ kind: 'gives-up', forMs: 1_000 });
  leader.kill();
  runFor(20);
  for (const node of nodes) node.kill();
  watch.carryOut({ kind: 'gives-up', forMs: 1_000 });
  runFor(2_000);
  expect(reports).toEqual([]);
});
