import { describe, expect, it } from 'vitest';
import { describeConfiguration, serversOf } from '../../../shared/configuration.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { configurationOf } from '../../../main/raft/state.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { asLeader, eventsOf } from '../../support/core-messages.ts';
import type { CoreNode } from '../../support/core-node.ts';

const patienceMs = 10 * paperTimings.electionTimeoutMaxMs;

/** What a node goes by. */
function inForce(node: CoreNode): string {
  return describeConfiguration(configurationOf(node.core));
}

function stepsOf(node: CoreNode): string[] {
  return eventsOf(node, 'membership-step').map(({ step }) => step);
}

/** A cluster with a leader, server 0, and servers that are not members yet. */
function clusterWith(size: number, ...newcomers: number[]): CoreCluster {
  const cluster = new CoreCluster({ size, rulesOff: [] });
  for (const id of newcomers) cluster.add(id);
  cluster.nowNs = 1e9;
  cluster.electNode(0);
  cluster.run(200);
  return cluster;
}

describe('a joint change (Raft §6)', () => {
  it('adds two servers and removes two: learners, catch-up, C_old,new, C_new', () => {
    const cluster = clusterWith(3, 3, 4);
    cluster.propose(0, 'before');
    const ticket = cluster.changeMembership(0, { voters: [0, 3, 4] });
    cluster.run(500);
    const leader = cluster.node(0);
    const brought = leader.log.flatMap(({ configuration }) =>
      configuration ? [describeConfiguration(configuration)] : [],
    );
    expect(brought).toEqual(['{0,1,2} + learners {3,4}', '{0,1,2}→{0,3,4}', '{0,3,4}']);
    expect(cluster.outcomes.get(ticket)).toEqual({ ticket, kind: 'done', index: leader.log.length });
    expect(stepsOf(leader)).toEqual(['begun', 'catch-up', 'joint', 'final', 'done']);
    expect([...asLeader(leader.core).progress.keys()]).toEqual([3, 4]);
    for (const id of [0, 3, 4]) expect(inForce(cluster.node(id))).toBe('{0,3,4}');
    cluster.propose(0, 'after');
    cluster.run(100);
    expect(cluster.node(4).applied.at(-1)?.index).toBe(leader.log.length);
  });

  it('those who left hear so, and never run again', () => {
    const cluster = clusterWith(3);
    cluster.changeMembership(0, { voters: [0, 1] });
    cluster.run(3_000);
    expect(inForce(cluster.node(2))).toBe('{0,1}');
    const withheld = eventsOf(cluster.node(2), 'election-withheld').map(({ again = false }) => again);
    expect(withheld.length).toBeGreaterThan(3);
    expect(withheld).toEqual([false, ...withheld.slice(1).map(() => true)]);
    expect(eventsOf(cluster.node(2), 'pre-vote-started')).toEqual([]);
    expect(cluster.leader?.id).toBe(0);
  });

  it('a voter becomes a learner: it is outgoing and learns at once', () => {
    const cluster = clusterWith(3);
    const ticket = cluster.changeMembership(0, { voters: [0, 1], learners: [2] });
    expect(configurationOf(cluster.node(0).core)).toMatchObject({
      voters: [{ id: 0 }, { id: 1 }],
      outgoing: [{ id: 0 }, { id: 1 }, { id: 2 }],
      learners: [{ id: 2 }],
    });
    cluster.run(200);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    cluster.propose(0, 'a lesson');
    cluster.run(100);
    expect(cluster.node(2).applied.length).toBe(cluster.node(0).applied.length);
  });

  it('learners alone need no joint phase: no majority changes', () => {
    const cluster = clusterWith(3, 3);
    const ticket = cluster.changeMembership(0, { voters: [0, 1, 2], learners: [3] });
    cluster.run(200);
    expect(stepsOf(cluster.node(0))).toEqual(['begun', 'final', 'done']);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    expect(inForce(cluster.node(3))).toBe('{0,1,2} + learners {3}');
  });

  it('a new server that needs what is compacted gets the snapshot, with the configuration in it', () => {
    const cluster = clusterWith(3, 3);
    cluster.changeMembership(0, { voters: [0, 1] });
    cluster.run(200);
    for (let number = 0; number < 20; number++) cluster.propose(0, `entry ${number}`);
    cluster.run(100);
    cluster.takeSnapshot(0);
    const ticket = cluster.changeMembership(0, { voters: [0, 1, 3] });
    cluster.run(500);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    expect(eventsOf(cluster.node(3), 'snapshot-installed')).toHaveLength(1);
    expect(cluster.node(3).applied.length).toBe(cluster.node(0).applied.length);
  });
});

describe('a single-server change (dissertation §4.1)', () => {
  it('adds a server without a joint phase', () => {
    const cluster = clusterWith(3, 3);
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1, 2, 3] });
    cluster.run(200);
    expect(stepsOf(cluster.node(0))).toEqual(['begun', 'catch-up', 'final', 'done']);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    expect(inForce(cluster.node(3))).toBe('{0,1,2,3}');
  });

  it('removes one', () => {
    const cluster = clusterWith(3);
    const ticket = cluster.changeMembership(0, { mode: 'single-server', voters: [0, 1] });
    cluster.run(200);
    expect(stepsOf(cluster.node(0))).toEqual(['begun', 'final', 'done']);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
  });
});

describe('a server that was wiped', () => {
  it('does not count until it is added again with its new folder, in the place of the old one', () => {
    const cluster = clusterWith(3);
    cluster.crash(2);
    cluster.wipe(2);
    cluster.restart(2);
    cluster.run(300);
    cluster.crash(1);
    cluster.propose(0, 'needs two that remember');
    cluster.run(100);
    expect(cluster.node(0).applied.length).toBe(1);
    cluster.restart(1);
    cluster.elect();
    const leader = cluster.leader?.id ?? -1;
    const ticket = cluster.changeMembership(leader, { voters: [0, 1, 2] });
    cluster.run(500);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    expect(configurationOf(cluster.node(2).core).voters).toContainEqual({
      id: 2,
      storage: cluster.node(2).disk.storage,
    });
    cluster.crash(leader === 1 ? 0 : 1);
    cluster.propose(cluster.leader?.id ?? -1, 'the new folder counts');
    cluster.run(100);
    const [survivor] = cluster.all.filter(({ role, id }) => role !== 'down' && id !== 2);
    expect(cluster.node(2).applied.length).toBe(survivor?.applied.length);
  });
});

describe('a leader that removes itself (dissertation §4.2.2)', () => {
  it('leads until C_new is committed, without counting itself, and gives up its office then', () => {
    const cluster = clusterWith(3);
    const ticket = cluster.changeMembership(0, { voters: [1, 2] });
    cluster.run(50, () => inForce(cluster.node(0)) === '{1,2}');
    expect(cluster.node(0).role).toBe('leader');
    // C_new is on its own disk and on that of one member: a majority of three, but not of {1,2}.
    cluster.deliver({ from: 0, to: 1 });
    cluster.deliver({ to: 0, from: 1 });
    expect(cluster.node(0).role).toBe('leader');
    cluster.run(100);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('done');
    expect(cluster.node(0).role).toBe('follower');
    expect(eventsOf(cluster.node(0), 'role-changed').at(-1)?.reason).toBe(
      'I have no vote in {1,2}, which is committed',
    );
    expect(cluster.elect().id).not.toBe(0);
    cluster.run(2_000);
    expect(eventsOf(cluster.node(0), 'pre-vote-started')).toHaveLength(1);
  });

  it('a leader that becomes a learner does so too, and learns', () => {
    const cluster = clusterWith(3);
    cluster.changeMembership(0, { voters: [1, 2], learners: [0] });
    cluster.run(200, () => cluster.node(0).role !== 'leader');
    const { id } = cluster.elect();
    cluster.propose(id, 'a lesson for the old leader');
    cluster.run(200);
    expect(cluster.node(0).applied.length).toBe(cluster.node(id).applied.length);
  });
});

describe('a change that its leader leaves behind', () => {
  it('is carried on by a leader that finds it in its log', () => {
    const cluster = clusterWith(3, 3, 4);
    cluster.changeMembership(0, { voters: [0, 3, 4] });
    cluster.run(100, () => cluster.all.every((node) => inForce(node) === '{0,1,2}→{0,3,4}'));
    cluster.crash(0);
    cluster.flights = [];
    cluster.elect();
    cluster.run(500);
    const { leader } = cluster;
    for (const id of [3, 4]) expect(inForce(cluster.node(id))).toBe('{0,3,4}');
    expect([3, 4]).toContain(leader?.id);
    expect(cluster.all.flatMap((node) => (node.role === 'down' ? [] : stepsOf(node)))).toContain('done');
  });

  it('or is undone, and leaves nothing behind', () => {
    const cluster = clusterWith(3);
    cluster.propose(0, 'before');
    cluster.run(100);
    cluster.isolate(0);
    const ticket = cluster.changeMembership(0, { voters: [0, 1] });
    expect(inForce(cluster.node(0))).toBe('{0,1,2}→{0,1}');
    cluster.run(3_000, () => cluster.leader !== undefined && cluster.leader.id !== 0);
    cluster.heal();
    cluster.run(1_000);
    expect(cluster.outcomes.get(ticket)?.kind).toBe('unknown');
    expect(inForce(cluster.node(0))).toBe('{0,1,2}');
    expect(eventsOf(cluster.node(0), 'configuration-rolled-back')).toMatchObject([{ index: 0 }]);
    const { leader } = cluster;
    const again = cluster.changeMembership(leader?.id ?? -1, { voters: [0, 1] });
    cluster.run(500);
    expect(cluster.outcomes.get(again)?.kind).toBe('done');
  });
});

describe('a new server that does not catch up', () => {
  it('is given up, and stays a learner; the next change may begin', () => {
    const cluster = clusterWith(3, 3);
    cluster.crash(3);
    const ticket = cluster.changeMembership(0, { voters: [0, 1, 2, 3] });
    cluster.run(patienceMs - 100);
    expect(cluster.outcomes.get(ticket)).toBeUndefined();
    cluster.run(200);
    expect(cluster.outcomes.get(ticket)).toMatchObject({ kind: 'refused' });
    expect(inForce(cluster.node(0))).toBe('{0,1,2} + learners {3}');
    expect(asLeader(cluster.node(0).core).change).toBeNull();
    const back = cluster.changeMembership(0, { voters: [0, 1, 2] });
    cluster.run(200);
    expect(cluster.outcomes.get(back)?.kind).toBe('done');
  });
});

describe('progress', () => {
  it('every member but the leader has one, from the entry that names it', () => {
    const cluster = clusterWith(3, 3);
    cluster.changeMembership(0, { voters: [0, 1, 2], learners: [3] });
    const leader = cluster.node(0);
    expect([...asLeader(leader.core).progress.keys()]).toEqual([1, 2, 3]);
    expect(serversOf(configurationOf(leader.core))).toEqual([0, 1, 2, 3]);
    expect(cluster.inFlight({ to: 3, kind: 'append-entries' })).toHaveLength(1);
  });
});
