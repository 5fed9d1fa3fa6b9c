/**
 * Mistakes that were found in public Raft implementations, about elections, logs, snapshots and disks: none of them here.
 */
import { describe, expect, it } from 'vitest';
import { step } from '../../../main/raft/step.ts';
import { termAt } from '../../../main/raft/log-shape.ts';
import { CoreCluster, termsOf } from '../../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asCandidate,
  asLeader,
  candidateOf,
  eventsOf,
  followerOf,
  installSnapshot,
  leaderOf,
  logOf,
  persistAll,
  receive,
  requestVote,
  sent,
  vote,
} from '../../support/core-messages.ts';

describe('elections', () => {
  it('a step down within the same term keeps the vote of that term', () => {
    const state = candidateOf();
    receive(state, 1, appendEntries({ term: 2 }));
    expect(state).toMatchObject({ term: 2, votedFor: 0, role: { name: 'follower' } });
    const effects = receive(state, 2, requestVote({ term: 2, candidateId: 2, lastLogIndex: 9, lastLogTerm: 2 }));
    expect(sent(effects, 'request-vote-reply')).toMatchObject([{ message: { voteGranted: false } }]);
  });

  it('a leader that finds itself alone keeps the vote of its term, too', () => {
    const cluster = new CoreCluster({ size: 3, rulesOff: [] });
    cluster.electNode(0);
    cluster.isolate(0);
    cluster.run(500, () => cluster.node(0).role === 'follower');
    expect(cluster.node(0).core).toMatchObject({ term: 1, votedFor: 0 });
  });

  it('a vote that arrives twice is counted once', () => {
    const state = candidateOf({ voters: [0, 1, 2, 3, 4] });
    const { round } = asCandidate(state);
    for (let times = 0; times < 3; times++) receive(state, 1, vote({ round }));
    expect(state.role.name).toBe('candidate');
    receive(state, 2, vote({ round }));
    expect(state.role.name).toBe('leader');
  });

  it('one direction of one link cut: the leader changes a bounded number of times, and the cluster serves', () => {
    for (const [from, to] of [
      [0, 1],
      [1, 0],
      [1, 2],
    ] as const) {
      const cluster = new CoreCluster({ size: 3, rulesOff: [] });
      cluster.electNode(0);
      cluster.cutOneWay(from, to);
      cluster.run(30_000);
      expect(cluster.invariants.leaders).toBeLessThanOrEqual(2);
      const { leader } = cluster;
      expect(leader && cluster.propose(leader.id, 'x').kind).toBe('appended');
      cluster.run(200);
      expect(leader?.applied.at(-1)?.kind).toBe('client');
    }
  });

  it('a partial partition, in which two of five hear no leader, deposes nobody for ever and ever', () => {
    const cluster = new CoreCluster({ size: 5, rulesOff: [] });
    cluster.electNode(0);
    for (const id of [3, 4]) cluster.cutOneWay(0, id);
    cluster.run(30_000);
    expect(cluster.invariants.leaders).toBeLessThanOrEqual(2);
    expect(cluster.leader).toBeDefined();
  });
});

describe('logs', () => {
  it('Figure 8: an entry of an earlier term that a majority has is not committed by that', () => {
    const state = leaderOf({ log: [1, 2], term: 3 });
    receive(state, 1, accepted({ term: 4, matchIndex: 2 }));
    expect(state.commitIndex).toBe(0);
    receive(state, 1, accepted({ term: 4, matchIndex: 3 }));
    expect(state.commitIndex).toBe(3);
  });

  it('a late AppendEntries that carries less than is there removes nothing that was acknowledged', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1, 1]) }));
    const effects = receive(state, 1, appendEntries({ entries: logOf([1]) }));
    expect(effects.persist).toBeUndefined();
    expect(state.log.lastIndex).toBe(3);
    expect(sent(effects, 'append-entries-reply')).toMatchObject([{ message: { success: true, matchIndex: 1 } }]);
  });

  it('a heartbeat commits nothing that it has not compared', () => {
    const state = followerOf({ log: [1, 1, 1, 1] });
    receive(state, 1, appendEntries({ prevLogIndex: 2, prevLogTerm: 1, leaderCommit: 4 }));
    expect(state.commitIndex).toBe(2);
  });

  it('10,000 entries that differ are settled in at most their terms and two round trips more', () => {
    const terms = 20;
    const lost = Array.from({ length: 10_000 }, (_, position) => 2 + 2 * Math.floor((position * terms) / 10_000));
    const kept = Array.from({ length: 10_000 }, (_, position) => 3 + 2 * Math.floor((position * terms) / 10_000));
    const common = [1, 1, 1];
    const disks = {
      0: { term: 60, log: logOf([...common, ...kept]) },
      1: { term: 60, log: logOf([...common, ...kept]) },
      2: { term: 60, log: logOf([...common, ...lost]) },
    };
    const cluster = new CoreCluster({ size: 3, disks });
    cluster.electNode(0);
    cluster.run(3_000, () => cluster.node(2).log.length === cluster.node(0).log.length);
    expect(termsOf(cluster.node(2).log)).toEqual(termsOf(cluster.node(0).log));
    expect(eventsOf(cluster.node(2), 'append-refused').length).toBeLessThanOrEqual(terms + 2);
    expect(eventsOf(cluster.node(2), 'entries-truncated')).toHaveLength(1);
  });
});

describe('disks', () => {
  it('the late completion of an old write is not taken for that of the entries which replaced its own', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1, 1]) }));
    const older = state.lastWrite;
    const news = { term: 2, leaderId: 2, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([2, 2], 2) };
    const [reply] = sent(receive(state, 2, appendEntries(news)), 'append-entries-reply');
    expect(reply?.after).toBeGreaterThan(older);
    step(state, { type: 'persisted', write: older }, 0);
    expect(state.persistedIndex).toBe(1);
    persistAll(state);
    expect(state.persistedIndex).toBe(3);
  });

  it('a server alone in its cluster acknowledges and commits nothing before its disk has it', () => {
    const cluster = new CoreCluster({ size: 1, rulesOff: [] });
    cluster.electNode(0);
    cluster.node(0).slowDisk = true;
    const before = cluster.node(0).applied.length;
    cluster.propose(0, 'x');
    cluster.run(500);
    expect(cluster.node(0).applied.length).toBe(before);
    cluster.completeWrites(0);
    expect(cluster.node(0).applied.length).toBe(before + 1);
  });

  it('a leader whose disk hangs does not hold its office with heartbeats for ever', () => {
    const cluster = new CoreCluster({ size: 3, rulesOff: [] });
    cluster.electNode(0);
    cluster.run(100);
    cluster.node(0).slowDisk = true;
    cluster.propose(0, 'x');
    cluster.run(3_000, () => cluster.leader !== undefined && cluster.leader.id !== 0);
    expect(cluster.leader?.id).not.toBe(0);
    cluster.run(1_000);
    expect(cluster.node(0).role).toBe('follower');
  });
});

describe('snapshots', () => {
  it('one that arrives late, behind the entries that it covers, takes nothing back', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1, 1, 1, 1]), leaderCommit: 4 }));
    const effects = receive(state, 1, installSnapshot({ lastIncludedIndex: 3 }));
    expect(effects).toMatchObject({ persist: undefined, restore: undefined });
    expect(state).toMatchObject({ commitIndex: 4, log: { lastIndex: 5 } });
  });

  it('entries that arrive late, behind the snapshot that covers them, are not appended again', () => {
    const state = followerOf();
    receive(state, 1, installSnapshot());
    const effects = receive(state, 1, appendEntries({ entries: logOf([1, 1, 1]) }));
    expect(effects).toMatchObject({ persist: undefined, apply: undefined });
    expect(termAt(state.log, 10)).toBe(1);
    expect(state.log.lastIndex).toBe(10);
  });

  it('a refusal from before the snapshot does not send the leader back behind it', () => {
    const cluster = new CoreCluster({ size: 3, tuning: { snapshotChunkBytesMax: 1_000_000 } });
    cluster.electNode(0);
    cluster.isolate(2);
    for (let count = 0; count < 5; count++) cluster.propose(0, `entry ${count}`);
    cluster.settle();
    cluster.takeSnapshot(0);
    cluster.heal();
    cluster.run(60, () => cluster.inFlight({ from: 2, kind: 'append-entries-reply' }).length > 0);
    const late = cluster.inFlight({ from: 2 });
    cluster.run(300, () => cluster.node(2).applied.length === 6);
    const before = structuredClone(asLeader(cluster.node(0).core).progress.get(2));
    for (const flight of late) cluster.arrive(flight);
    expect(asLeader(cluster.node(0).core).progress.get(2)).toMatchObject({
      mode: before?.mode,
      matchIndex: before?.matchIndex,
      nextIndex: before?.nextIndex,
    });
  });
});
