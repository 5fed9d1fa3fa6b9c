import { describe, expect, it } from 'vitest';
import { inMilliseconds, stickiness, whyLonely } from '../../../main/raft/leader-contact.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import { followerOf, logOf, stateOf } from '../../support/core-messages.ts';
import type { RequestVote } from '../../../shared/raft-message.ts';

const millisecond = 1_000_000;

function requestVote(fields: Partial<RequestVote> = {}): RequestVote {
  return { kind: 'request-vote', term: 5, round: 9, candidateId: 2, lastLogIndex: 9, lastLogTerm: 4, ...fields };
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
    expect(stickiness(state, millisecond)).toBeUndefined();
  });

  it('binds nobody who knows no leader', () => {
    expect(stickiness(stateOf({ rulesOff: [] }), 0)).toBeUndefined();
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

  it('a leader alone in its cluster is its own majority', () => {
    const { cluster, leader } = elected(1);
    cluster.run(3_000);
    const { core } = cluster.node(leader);
    expect(core.role.name === 'leader' && whyLonely(core, core.role, cluster.nowNs)).toBeUndefined();
    expect(core.role.name).toBe('leader');
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
