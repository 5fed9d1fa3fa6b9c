/** Bugs of membership that others made in public, each as the run that showed it. */
import { describe, expect, it } from 'vitest';
import { describeConfiguration, type Configuration } from '../../../shared/configuration.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { RuleId } from '../../../shared/rules.ts';
import { configurationOf } from '../../../main/raft/state.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { storageOf } from '../../support/core-disk.ts';
import { electionExtras, entryAt, eventsOf } from '../../support/core-messages.ts';
import type { CoreNode } from '../../support/core-node.ts';

function inForce({ core }: CoreNode): string {
  return describeConfiguration(configurationOf(core));
}

/**
 * The flaw of 2015 (dissertation §4.1 before its correction): two leaders each change {0,1,2,3} by one server. Leader 0
 * adds 4, and only 4 hears of it. Leader 1, of the next term, removes 0, with 2 alone, before it has committed anything.
 */
function twoSingleServerChanges(rulesOff: readonly RuleId[], checked: boolean) {
  const cluster = new CoreCluster({ size: 4, rulesOff: [...electionExtras, ...rulesOff], checked });
  cluster.add(4);
  cluster.electNode(0);
  cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1, 2, 3], learners: [4] });
  cluster.run(100);

  cluster.isolate(0, 4);
  cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1, 2, 3, 4] });
  cluster.settle();
  expect(inForce(cluster.node(4))).toBe('{0,1,2,3,4}');

  cluster.timeOut(1);
  cluster.settle({ from: 1, kind: 'request-vote' });
  cluster.settle({ to: 1, kind: 'request-vote-reply' });
  expect(cluster.node(1).role).toBe('leader');
  const ticket = cluster.changeMembership(1, { mode: 'single-server', voters: [1, 2, 3], learners: [4] });
  cluster.drop({ to: 3 });
  while (cluster.flights.length > 0) {
    cluster.deliver();
    cluster.drop({ to: 3 });
  }
  const outcome = cluster.outcomes.get(ticket);

  // Leader 0 comes back, and runs among those that have not heard of leader 1's change.
  cluster.heal();
  cluster.isolate(1, 2);
  cluster.crash(0);
  cluster.restart(0);
  cluster.timeOut(0);
  cluster.settle();
  cluster.timeOut(0);
  cluster.settle();
  return { cluster, outcome };
}

describe('the single-server change flaw of 2015', () => {
  it('without the rule two leaders decide apart, and the same index is committed twice', () => {
    const { cluster, outcome } = twoSingleServerChanges(['config-after-own-term-commit'], false);
    expect(outcome?.kind).toBe('done');
    const waived = eventsOf(cluster.node(1), 'rule-waived').map(({ rule }) => rule);
    expect(waived).toContain('config-after-own-term-commit');
    expect(inForce(cluster.node(1))).toBe('{1,2,3} + learners {4}');
    expect(cluster.node(0).role).toBe('leader');
    expect(inForce(cluster.node(0))).toBe('{0,1,2,3,4}');
    const at = 3;
    const decided = [0, 1].map((id) => cluster.node(id).applied[at - 1]);
    expect(decided).toMatchObject([
      { term: 1, kind: 'configuration' },
      { term: 2, kind: 'noop' },
    ]);
  });

  it('and the checks see it', () => {
    expect(() => twoSingleServerChanges(['config-after-own-term-commit'], true)).toThrow('leader completeness');
  });

  it('with it the second leader begins nothing before it has committed an entry of its own', () => {
    const { cluster, outcome } = twoSingleServerChanges([], true);
    expect(outcome).toMatchObject({ kind: 'refused', rule: 'config-after-own-term-commit' });
    expect(cluster.node(1).applied.at(-1)?.term).toBe(1);
  });
});

describe('a removed server disrupts the cluster (dissertation §4.2.3)', () => {
  /** Server 2 is removed while it is cut off, and comes back without knowing. */
  function comesBack(rulesOff: readonly RuleId[]): { cluster: CoreCluster; term: number } {
    const cluster = new CoreCluster({ size: 3, rulesOff });
    cluster.nowNs = 1e9;
    cluster.electNode(0);
    cluster.run(100);
    cluster.isolate(2);
    cluster.changeMembership(0, { voters: [0, 1] });
    cluster.run(1_000);
    const { term } = cluster.node(0).core;
    cluster.heal();
    cluster.run(3_000);
    return { cluster, term };
  }

  it('with all rules on nobody listens to it', () => {
    const { cluster, term } = comesBack([]);
    expect(inForce(cluster.node(2))).not.toBe('{0,1}');
    expect(eventsOf(cluster.node(2), 'pre-vote-started').length).toBeGreaterThan(3);
    expect(cluster.node(0)).toMatchObject({ role: 'leader', core: { term } });
  });

  it('without pre-vote, stickiness alone protects the leader', () => {
    const { cluster, term } = comesBack(['pre-vote']);
    expect(cluster.node(2).core.term).toBeGreaterThan(term + 3);
    expect(cluster.node(0)).toMatchObject({ role: 'leader', core: { term } });
  });

  it('without both it deposes one leader after the other', () => {
    const { cluster, term } = comesBack(['pre-vote', 'leader-stickiness']);
    const terms = [0, 1].map((id) => cluster.node(id).core.term);
    expect(Math.max(...terms)).toBeGreaterThan(term + 3);
  });
});

describe('a configuration that is removed from the log stays in force', () => {
  /** Leader 0, cut off, wants to go on alone with 1; the others go on without it, and it comes back. */
  function undone(rulesOff: readonly RuleId[]): CoreCluster {
    const cluster = new CoreCluster({ size: 3, rulesOff: [...electionExtras, ...rulesOff] });
    cluster.electNode(0);
    cluster.run(20);
    cluster.isolate(0);
    cluster.changeMembership(0, { voters: [0, 1] });
    cluster.settle();
    cluster.electNode(1);
    cluster.heal();
    cluster.run(200);
    expect(cluster.node(0).log).toEqual(cluster.node(1).log);
    return cluster;
  }

  it('with the rule the one before it is in force again', () => {
    const cluster = undone([]);
    expect(inForce(cluster.node(0))).toBe('{0,1,2}');
    expect(eventsOf(cluster.node(0), 'configuration-rolled-back')).toMatchObject([
      { index: 0, configuration: cluster.bootstrap, rule: 'rollback-config-on-truncate' },
    ]);
  });

  it('without it the server goes by what stands in no log', () => {
    const cluster = undone(['rollback-config-on-truncate']);
    expect(inForce(cluster.node(0))).toBe('{0,1,2}→{0,1}');
    expect(eventsOf(cluster.node(0), 'rule-waived').map(({ rule }) => rule)).toContain('rollback-config-on-truncate');
  });
});

describe('a learner that was promoted without hearing of it', () => {
  it('votes all the same, or nobody could be elected', () => {
    const cluster = new CoreCluster({ size: 2, learners: [2] });
    cluster.electNode(0);
    cluster.run(20);
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1, 2] });
    cluster.drop({ to: 2 });
    cluster.settle({ from: 0, to: 1 });
    cluster.settle({ from: 1, to: 0 });
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    cluster.crash(0);
    cluster.flights = [];
    expect(inForce(cluster.node(2))).toBe('{0,1} + learners {2}');
    cluster.timeOut(1);
    cluster.settle();
    expect(cluster.node(1).role).toBe('leader');
    expect(inForce(cluster.node(2))).toBe('{0,1,2}');
  });
});

describe('a server that its own log has removed', () => {
  it('runs as long as that is not committed, where nobody else can win (dissertation Figure 4.6)', () => {
    const cluster = new CoreCluster({ size: 2, rulesOff: [] });
    cluster.nowNs = 1e9;
    cluster.electNode(0);
    cluster.run(100);
    cluster.cut(0, 1);
    cluster.changeMembership(0, { mode: 'single-server', voters: [1] });
    cluster.crash(0);
    cluster.restart(0);
    cluster.flights = [];
    cluster.heal();
    // 1 needs the vote of 0, whose log is longer. So it must be 0, which leads without counting itself, and then goes.
    expect(inForce(cluster.node(0))).toBe('{1}');
    cluster.run(2_000, () => cluster.node(1).role === 'leader');
    expect(eventsOf(cluster.node(0), 'role-changed').map(({ to }) => to)).toEqual(['candidate', 'leader', 'follower']);
    expect(inForce(cluster.node(1))).toBe('{1}');
    expect(cluster.node(1).role).toBe('leader');
  });
});

describe('pre-vote and check-quorum wait for each other for ever', () => {
  const serversOf = (ids: readonly NodeId[]) => ids.map((id) => ({ id, storage: storageOf(id) }));
  const configuration: Configuration = { voters: serversOf([0, 1]), outgoing: serversOf([0, 1, 2]), learners: [] };
  const joint = { index: 2, term: 1, kind: 'configuration', payload: new Uint8Array(0), configuration } as const;

  it.each([
    ['at rest', false],
    ['while it is asked again and again by the other', true],
  ])('the highest term with a shorter log, the longest log at a lower term, both needed: %s', (_what, eager) => {
    const short = [entryAt(1, 1), joint];
    const long = [...short, entryAt(3, 1), entryAt(4, 1)];
    const cluster = new CoreCluster({
      size: 3,
      rulesOff: [],
      disks: { 0: { term: 9, log: short }, 1: { term: 2, log: long }, 2: { term: 2, log: short } },
    });
    cluster.crash(2);
    cluster.nowNs = 1e9;
    if (eager) for (let times = 0; times < 5; times++) cluster.timeOut(0);
    cluster.run(2_000, () => cluster.node(1).role === 'leader');
    expect(cluster.node(1)).toMatchObject({ role: 'leader', core: { term: 10 } });
    cluster.run(500);
    for (const id of [0, 1]) expect(inForce(cluster.node(id))).toBe('{0,1}');
  });
});
