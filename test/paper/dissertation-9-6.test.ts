/**
 * Ongaro's dissertation, §9.6: pre-vote, sentence by sentence. Each test has the sentence as its name.
 */
import { describe, expect, it } from 'vitest';
import { CoreCluster } from '../support/core-cluster.ts';
import { eventsOf, logOf } from '../support/core-messages.ts';
import type { RuleId } from '../../shared/rules.ts';

function ledByNode0(rulesOff: readonly RuleId[] = []): CoreCluster {
  const cluster = new CoreCluster({ size: 3, rulesOff });
  cluster.electNode(0);
  cluster.run(100);
  return cluster;
}

describe('without it', () => {
  const rulesOff = ['pre-vote', 'leader-stickiness'] as const;

  it('"When a server is partitioned, it will not receive heartbeats. It will soon increment its term to start an election, although it won\'t be able to collect enough votes to become leader."', () => {
    const cluster = ledByNode0(rulesOff);
    cluster.isolate(2);
    cluster.run(3_000);
    expect(cluster.node(2).core.term).toBeGreaterThan(5);
    expect(cluster.leader?.id).toBe(0);
  });

  it('"When the server regains connectivity sometime later, its larger term number will propagate to the rest of the cluster … This will force the cluster leader to step down, and a new election will have to take place"', () => {
    const cluster = ledByNode0(rulesOff);
    cluster.isolate(2);
    cluster.run(3_000);
    cluster.heal();
    cluster.run(3_000);
    expect(
      eventsOf(cluster.node(0), 'role-changed').some(({ from, to }) => from === 'leader' && to === 'follower'),
    ).toBe(true);
    expect(cluster.invariants.leaders).toBeGreaterThan(1);
  });
});

describe('with it', () => {
  it('"a candidate only increments its term if it first learns from a majority of the cluster that they would be willing to grant the candidate their votes"', () => {
    const cluster = ledByNode0();
    cluster.crash(0);
    cluster.flights = [];
    cluster.nowNs = Math.max(...[1, 2].map((id) => cluster.node(id).wakeAtNs));
    cluster.input(1, { type: 'deadline-passed' });
    expect(cluster.node(1).core).toMatchObject({ term: 1, role: { name: 'follower' } });
    cluster.deliver({ kind: 'pre-vote' });
    cluster.deliver({ kind: 'pre-vote-reply' });
    expect(cluster.node(1).core).toMatchObject({ term: 2, role: { name: 'candidate' } });
  });

  it('"(if the candidate\'s log is sufficiently up-to-date …)"', () => {
    const disks = {
      1: { term: 3, log: logOf([1, 3]) },
      2: { term: 3, log: logOf([1, 3]) },
      0: { term: 3, log: logOf([1]) },
    };
    const cluster = new CoreCluster({ size: 3, rulesOff: [], disks });
    cluster.timeOut(0);
    cluster.settle();
    expect(cluster.node(0).core).toMatchObject({ term: 3, role: { name: 'follower' } });
    const answers = [1, 2].flatMap((id) => eventsOf(cluster.node(id), 'pre-vote-answered'));
    expect(answers).toMatchObject([{ rule: 'up-to-date-vote' }, { rule: 'up-to-date-vote' }]);
  });

  it('"(… and the voters have not received heartbeats from a valid leader for at least a baseline election timeout)"', () => {
    const cluster = ledByNode0();
    // Node 2 misses heartbeats that node 1 gets.
    cluster.cutOneWay(0, 2);
    cluster.run(1_000, () => eventsOf(cluster.node(2), 'pre-vote-started').length > 0);
    cluster.settle();
    expect(eventsOf(cluster.node(1), 'pre-vote-answered').at(-1)).toMatchObject({
      granted: false,
      rule: 'leader-stickiness',
    });
    expect(cluster.node(2).core.term).toBe(1);
  });

  it('"While a server is partitioned, it won\'t be able to increment its term, since it can\'t receive permission from a majority of the cluster."', () => {
    const cluster = ledByNode0();
    cluster.isolate(2);
    cluster.run(10_000);
    expect(cluster.node(2).core.term).toBe(1);
    expect(eventsOf(cluster.node(2), 'pre-vote-started').length).toBeGreaterThan(20);
  });

  it('"when it rejoins the cluster, it still won\'t be able to increment its term, since the other servers will have been receiving regular heartbeats from the leader"', () => {
    const cluster = ledByNode0();
    cluster.isolate(2);
    cluster.run(10_000);
    cluster.cutOneWay(0, 2);
    cluster.heal();
    cluster.cutOneWay(0, 2);
    cluster.run(3_000);
    expect(cluster.all.map(({ core }) => core.term)).toEqual([1, 1, 1]);
    expect(cluster.leader?.id).toBe(0);
  });

  it('"Once the server receives a heartbeat from the leader itself, it will return to the follower state (in the same term)."', () => {
    const cluster = ledByNode0();
    cluster.isolate(2);
    cluster.run(1_000, () => eventsOf(cluster.node(2), 'pre-vote-started').length > 1);
    expect(cluster.node(2).core.role).toMatchObject({
      name: 'follower',
      leaderId: null,
      preVote: { votes: [{ id: 2 }] },
    });
    cluster.heal();
    cluster.run(100);
    expect(cluster.node(2).core).toMatchObject({ term: 1, role: { name: 'follower', leaderId: 0, preVote: null } });
  });
});
