/**
 * Figure 8 of the extended Raft paper (§5.4.2): why a leader must not commit an entry of an earlier term by counting
 * copies. S1 to S5 are the nodes 0 to 4. Index 1 is common ground.
 */
import { expect, it } from 'vitest';
import type { NodeId } from '../../shared/ids.ts';
import { CoreCluster, termsOf } from '../support/core-cluster.ts';
import { eventsOf, logOf } from '../support/core-messages.ts';

/** It asks for votes until it has them; what it sends as the leader is still in flight. The others may be a term ahead. */
function campaign(cluster: CoreCluster, id: NodeId): void {
  for (let attempt = 0; cluster.node(id).role !== 'leader' && attempt < 3; attempt++) {
    cluster.timeOut(id);
    cluster.deliver();
    cluster.deliver();
  }
  expect(cluster.node(id).role).toBe('leader');
}

function figure8(): CoreCluster {
  const cluster = new CoreCluster({
    size: 5,
    disks: Object.fromEntries([0, 1, 2, 3, 4].map((id) => [id, { term: 1, log: logOf([1]) }])),
  });
  // (a) S1 leads term 2 and brings its entry 2 only to S2.
  cluster.isolate(0, 1, 2);
  campaign(cluster, 0);
  expect(cluster.node(0).core.term).toBe(2);
  cluster.drop({ to: 2 });
  cluster.deliver({ to: 1 });
  cluster.drop();
  expect([0, 1, 2].map((id) => termsOf(cluster.node(id).log))).toEqual([[1, 2], [1, 2], [1]]);
  // (b) S1 crashes. S5 leads term 3 with the votes of S3, S4 and itself, and takes another entry at index 2.
  cluster.crash(0);
  cluster.heal();
  cluster.isolate(2, 3, 4);
  campaign(cluster, 4);
  cluster.drop();
  expect(cluster.node(4).core.term).toBe(3);
  expect(termsOf(cluster.node(4).log)).toEqual([1, 3]);
  // (c) S5 crashes. S1 restarts, leads term 4, and brings entry 2 to S3: a majority has it now.
  cluster.crash(4);
  cluster.heal();
  cluster.restart(0);
  cluster.isolate(0, 1, 2);
  campaign(cluster, 0);
  expect(cluster.node(0).core.term).toBe(4);
  return cluster;
}

/** S3 hears of entry 2 from S1, but the entry of term 4 behind it is lost. */
function bringEntry2ToS3(cluster: CoreCluster): void {
  cluster.drop({ to: 1 });
  // The first call speaks of the entry behind index 2, so S3 refuses; the second brings entry 2 and, cut off here, no more.
  cluster.deliver({ to: 2 });
  cluster.deliver({ from: 2 });
  for (const flight of cluster.drop({ to: 2 })) {
    if (flight.message.kind !== 'append-entries') continue;
    cluster.arrive({ ...flight, message: { ...flight.message, entries: flight.message.entries.slice(0, 1) } });
  }
  cluster.deliver({ from: 2 });
  cluster.drop();
}

it('(c) an entry of term 2 on a majority is not committed by the leader of term 4 (rule own-term-commit)', () => {
  const cluster = figure8();
  bringEntry2ToS3(cluster);
  expect([0, 1, 2].map((id) => cluster.node(id).disk.log[1]?.term)).toEqual([2, 2, 2]);
  expect(cluster.node(0).core.commitIndex).toBe(0);
});

it('(d) so it may still be replaced: S5 leads term 5 and its entry of term 3 takes the place everywhere', () => {
  const cluster = figure8();
  bringEntry2ToS3(cluster);
  cluster.crash(0);
  cluster.heal();
  cluster.restart(4);
  campaign(cluster, 4);
  cluster.restart(0);
  cluster.run(1_000, () => cluster.all.every(({ applied }) => applied.length === 3));
  expect(cluster.all.map(({ applied }) => termsOf(applied).slice(0, 2))).toEqual(
    Array.from({ length: 5 }, () => [1, 3]),
  );
});

it('(e) but with an entry of term 4 on a majority both are committed, and S5 can not be elected', () => {
  const cluster = figure8();
  cluster.run(100);
  expect(eventsOf(cluster.node(0), 'commit-advanced')).toMatchObject([
    { from: 0, to: 3, rule: 'durable-quorum-commit' },
  ]);
  cluster.crash(0);
  cluster.heal();
  cluster.restart(4);
  cluster.timeOut(4);
  while (cluster.flights.length > 0) cluster.deliver();
  expect(cluster.node(4).role).not.toBe('leader');
  cluster.restart(0);
  cluster.run(5_000, () => cluster.all.every(({ applied }) => applied.length >= 4));
  expect(cluster.all.map(({ applied }) => termsOf(applied).slice(0, 3))).toEqual(
    Array.from({ length: 5 }, () => [1, 2, 4]),
  );
});
