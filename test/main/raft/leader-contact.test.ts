import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../shared/rules.ts';
import { inMilliseconds, stickiness, whyDiskIsStuck, whyLonely } from '../../../main/raft/leader-contact.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  appendEntries,
  asLeader,
  eventsOf,
  followerOf,
  leaderOf,
  logOf,
  receive,
  sent,
  someStorage,
  stateOf,
} from '../../support/core-messages.ts';
import type { RequestVote } from '../../../shared/raft-message.ts';

const millisecond = 1_000_000;

function requestVote(fields: Partial<RequestVote> = {}): RequestVote {
  return {
    kind: 'request-vote',
    term: 5,
    round: 9,
    candidateId: 2,
    lastLogIndex: 9,
    lastLogTerm: 4,
    transfer: false,
    ...fields,
  };
}

function elected(size = 3, rulesOff: ConstructorParameters<typeof CoreCluster>[0]['rulesOff'] = []) {
  const cluster = new CoreCluster({ size, rulesOff });
  cluster.run(3_000, () => cluster.leader !== undefined && cluster.all.every(({ core }) => core.commitIndex > 0));
  const leader = cluster.leader?.id ?? -1;
  return { cluster, leader, others: [...cluster.nodes.keys()].filter((id) => id !== leader) };
}

describe('[D4.2.3] leader-stickiness', () => {
  it('a server that has just heard from a leader neither votes nor adopts the term', () => {
    const state = followerOf({ rulesOff: [] });
    const [reply] = step(state, { type: 'message', from: 2, message: requestVote() }, 149 * millisecond).sends;
    expect(reply?.message).toMatchObject({ kind: 'request-vote-reply', voteGranted: false, term: 1 });
    expect(state).toMatchObject({ term: 1, votedFor: null });
  });

  it('after the minimum election timeout it does both', () => {
    const state = followerOf({ rulesOff: [] });
    step(state, { type: 'message', from: 2, message: requestVote() }, 150 * millisecond);
    expect(state).toMatchObject({ term: 5, votedFor: 2 });
  });

  it('switched off, a candidate deposes a leader that is heard', () => {
    const state = followerOf({ rulesOff: ['leader-stickiness'] });
    step(state, { type: 'message', from: 2, message: requestVote() }, millisecond);
    expect(state).toMatchObject({ term: 5, votedFor: 2 });
  });

  it.each([1, 5])(
    'switched off, it is told that it would have kept a voter that comes from term %i from voting',
    (term) => {
      const state = followerOf({ rulesOff: ['leader-stickiness'] });
      const question = { kind: 'read-index', term, round: 1, mode: 'linearizable' } as const;
      step(state, { type: 'message', from: 2, message: question }, millisecond);
      const effects = step(state, { type: 'message', from: 2, message: requestVote() }, millisecond);
      expect(state.votedFor).toBe(2);
      expect(eventsOf(effects, 'rule-waived')).toMatchObject([{ rule: 'leader-stickiness' }]);
    },
  );

  it('binds who has just started: it may have heard a leader before', () => {
    const state = stateOf({ rulesOff: [] });
    expect(stickiness(state, 149 * millisecond)).toMatchObject({ rule: 'leader-stickiness' });
    expect(stickiness(state, 150 * millisecond)).toBeUndefined();
  });
});

describe('[D6.2] check-quorum', () => {
  it('a leader that is cut off gives up its office within two election timeouts', () => {
    const { cluster, leader } = elected();
    cluster.isolate(leader);
    cluster.run(600, () => cluster.node(leader).role !== 'leader');
    expect(cluster.node(leader).role).toBe('follower');
    const [change] = cluster
      .node(leader)
      .events.filter(({ type }) => type === 'role-changed')
      .slice(-1);
    expect(change).toMatchObject({ from: 'leader', to: 'follower', rule: 'check-quorum' });

    // From then on it hears nobody, not since it started.
    cluster.run(300, () => cluster.node(leader).events.at(-1)?.type === 'pre-vote-started');
    const [question] = cluster
      .node(leader)
      .events.filter(({ type }) => type === 'pre-vote-started')
      .slice(-1);
    expect(question).toMatchObject({ reason: expect.stringMatching(/^no leader was heard for [12]\d\d ms$/) });
  });

  it('switched off, it believes in itself for ever', () => {
    const { cluster, leader } = elected(3, ['check-quorum']);
    cluster.isolate(leader);
    cluster.run(5_000);
    expect(cluster.node(leader).role).toBe('leader');
  });

  it('a leader stays as long as a majority answers it', () => {
    const { cluster, leader, others } = elected(5);
    cluster.isolate(...others.slice(0, 2));
    cluster.run(3_000);
    expect(cluster.node(leader).role).toBe('leader');
  });

  it('a server of both sides of a joint configuration counts once on each', () => {
    const servers = (ids: readonly number[]) => ids.map((id) => ({ id, storage: someStorage }));
    const bootstrap = { voters: servers([0, 1, 2, 3, 5]), outgoing: servers([0, 1, 2, 3, 4]), learners: [] };
    const state = leaderOf({ bootstrap });
    const { progress } = asLeader(state);
    for (const [id, one] of progress) if (id !== 1) one.answeredNs = -1e9;
    expect(progress.get(1)?.storage).toBe(0);
    expect(whyLonely(state, asLeader(state), 0)).toMatch(/^only 2 of 5 new and 2 of 5 old answered/);
  });

  it('a leader alone in its cluster is its own majority', () => {
    const { cluster, leader } = elected(1);
    cluster.run(3_000);
    const { core } = cluster.node(leader);
    expect(core.role.name === 'leader' && whyLonely(core, core.role, cluster.nowNs)).toBeUndefined();
    expect(core.role.name).toBe('leader');
  });
});

describe('[D10.2.1] step-down-on-stuck-disk', () => {
  /** The leader's disk takes an entry at the present time and does not come back. */
  function stuckLeader(rulesOff: RuleId[] = []) {
    const { cluster, leader, others } = elected(3, rulesOff);
    cluster.run(100);
    cluster.node(leader).slowDisk = true;
    cluster.propose(leader, 'x');
    return { cluster, leader, others, startNs: cluster.nowNs };
  }

  it('the reason tells how long the oldest write has been under way, from two election timeouts on', () => {
    const state = followerOf();
    expect(whyDiskIsStuck(state, 1e12)).toBeUndefined();
    for (const [index, nowNs] of [0, 100 * millisecond].entries()) {
      const entries = logOf([1], index + 1);
      receive(state, 1, appendEntries({ prevLogIndex: index, prevLogTerm: index, entries }), nowNs);
    }
    expect(whyDiskIsStuck(state, 599 * millisecond)).toBeUndefined();
    expect(whyDiskIsStuck(state, 600 * millisecond)).toBe('my disk has not answered for 600 ms');
    step(state, { type: 'persisted', write: 1 }, 600 * millisecond);
    expect(whyDiskIsStuck(state, 600 * millisecond)).toBeUndefined();
    expect(whyDiskIsStuck(state, 700 * millisecond)).toBeDefined();
  });

  it('a leader whose disk hangs while its heartbeats flow makes room for another within two timeouts and a heartbeat', () => {
    const { cluster, leader, startNs } = stuckLeader();
    cluster.run(2_000, () => cluster.node(leader).role !== 'leader');
    expect(cluster.nowNs - startNs).toBeLessThanOrEqual(651 * millisecond);
    const changes = eventsOf(cluster.node(leader), 'role-changed');
    expect(changes.at(-1)).toMatchObject({ from: 'leader', to: 'follower', rule: 'step-down-on-stuck-disk' });
    cluster.run(3_000, () => cluster.leader !== undefined);
    expect(cluster.leader?.id).not.toBe(leader);
    expect(cluster.propose(cluster.leader?.id ?? -1, 'y').kind).toBe('appended');
  });

  it('that leader does not run again before its disk answers, and does then', () => {
    const { cluster, leader, others } = stuckLeader();
    cluster.run(700);
    for (const id of others) cluster.crash(id);
    cluster.run(2_000);
    expect(cluster.node(leader).role).toBe('follower');
    const withheld = eventsOf(cluster.node(leader), 'election-withheld');
    expect(withheld.at(-1)).toMatchObject({ rule: 'step-down-on-stuck-disk' });
    cluster.completeWrites(leader);
    cluster.node(leader).slowDisk = false;
    for (const id of others) cluster.restart(id);
    cluster.run(3_000, () => cluster.leader !== undefined);
    expect(cluster.leader?.core.commitIndex).toBeGreaterThan(0);
  });

  it('switched off, it leads on with the disks of the others', () => {
    const { cluster, leader } = stuckLeader(['step-down-on-stuck-disk']);
    cluster.run(3_000);
    expect(cluster.node(leader).role).toBe('leader');
    expect(eventsOf(cluster.node(leader), 'rule-waived').at(-1)).toMatchObject({ rule: 'step-down-on-stuck-disk' });
  });

  it('a follower whose disk hangs takes in no more, and nothing grows there', () => {
    const { cluster, leader, others } = elected();
    const [stuck = -1] = others;
    cluster.run(100);
    cluster.node(stuck).slowDisk = true;
    for (let count = 0; count < 100; count++) {
      cluster.propose(leader, `entry ${count}`);
      cluster.run(100);
    }
    const { core, writes } = cluster.node(stuck);
    expect(core.pendingWrites.length).toBeLessThan(20);
    expect(writes.length).toBe(core.pendingWrites.length);
    expect(cluster.node(leader).role).toBe('leader');
    const before = core.pendingWrites.length;
    cluster.run(60_000);
    expect(core.pendingWrites.length).toBe(before);
    cluster.completeWrites(stuck);
    cluster.node(stuck).slowDisk = false;
    cluster.run(1_000, () => cluster.node(stuck).applied.length === cluster.node(leader).applied.length);
    expect(cluster.node(stuck).applied.length).toBe(cluster.node(leader).applied.length);
  });

  it('a server whose disk hangs says no to pre-votes: it could not keep the vote', () => {
    const state = followerOf({ rulesOff: [] });
    receive(state, 1, appendEntries({ entries: logOf([1]) }), 0);
    const call = { kind: 'pre-vote', term: 2, round: 9, candidateId: 2, lastLogIndex: 9, lastLogTerm: 1 } as const;
    const effects = receive(state, 2, call, 700 * millisecond);
    expect(sent(effects, 'pre-vote-reply')).toMatchObject([{ message: { voteGranted: false } }]);
    expect(eventsOf(effects, 'pre-vote-answered')).toMatchObject([{ rule: 'step-down-on-stuck-disk' }]);
  });
});

describe('elections with pre-vote and check-quorum do not lock up', () => {
  it('the highest term with the shorter log against the longest log at a lower term: the longer log wins', () => {
    const log = logOf([1, 2]);
    const short = { term: 9, log: log.slice(0, 1) };
    const long = () => ({ term: 2, log: [...log] });
    const cluster = new CoreCluster({ size: 3, rulesOff: [], disks: { 0: short, 1: long(), 2: long() } });
    cluster.isolate(2);
    cluster.run(5_000, () => cluster.leader !== undefined);
    expect(cluster.leader?.id).toBe(1);
    expect(cluster.leader?.core.term).toBeGreaterThan(9);
  });

  it('one way of one link cut: the leader changes at most once', () => {
    const { cluster, leader, others } = elected();
    const before = cluster.invariants.leaders;
    cluster.cutOneWay(leader, others[0] ?? -1);
    cluster.run(10_000);
    expect(cluster.invariants.leaders - before).toBeLessThanOrEqual(1);
    expect(cluster.leader).toBeDefined();
  });
});

it('durations are read in whole milliseconds', () => {
  expect(inMilliseconds(231.4 * millisecond)).toBe('231 ms');
});
