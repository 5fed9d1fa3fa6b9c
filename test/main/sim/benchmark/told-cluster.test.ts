import { expect, it } from 'vitest';
import { LiveChecks } from '../../../../main/check/live-checks.ts';
import { ToldCluster } from '../../../../main/sim/benchmark/told-cluster.ts';
import { compareEvents } from '../../../../shared/event.ts';

it('tells of right servers and right answers, in order, until a read is stale', () => {
  const cluster = new ToldCluster();
  const rounds = Array.from({ length: 50 }, (_, round) => cluster.round(10, round));
  const events = rounds.flat();
  expect(events).toEqual(events.toSorted(compareEvents));
  const checks = new LiveChecks();
  expect(checks.observe(events)).toEqual([]);
  expect(checks.observe(cluster.staleRead(99))).toMatchObject([
    { type: 'violation-found', promise: 'linearizability' },
  ]);
});
