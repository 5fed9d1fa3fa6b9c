/**
 * Ongaro's dissertation, §6.2 (finding the leader), §6.4 (read-only queries) and §6.4.1 (leases), sentence by sentence.
 * Each test has the sentence as its name.
 */
import { describe, expect, it } from 'vitest';
import { limits, paperTimings } from '../../shared/cluster-config.ts';
import { leaseDurationNs } from '../../main/raft/lease.ts';
import { knownLeader } from '../../main/raft/state.ts';
import { step } from '../../main/raft/step.ts';
import { CoreCluster } from '../support/core-cluster.ts';
import { accepted, appendEntries, eventsOf, followerOf, leaderOf, receive, sent } from '../support/core-messages.ts';

const millisecond = 1_000_000;

/** Node 0 leads three servers, with all rules on. */
function ledByNode0(): CoreCluster {
  const cluster = new CoreCluster({ size: 3, rulesOff: [] });
  cluster.electNode(0);
  cluster.run(100);
  cluster.flights = [];
  return cluster;
}

describe('§6.2', () => {
  it('"a leader in Raft steps down if an election timeout elapses without a successful round of heartbeats to a majority of its cluster"', () => {
    const cluster = ledByNode0();
    cluster.isolate(0);
    cluster.run(paperTimings.electionTimeoutMaxMs - paperTimings.heartbeatIntervalMs);
    expect(cluster.node(0).role).toBe('leader');
    cluster.run(3 * paperTimings.heartbeatIntervalMs);
    expect(cluster.node(0).role).toBe('follower');
    expect(eventsOf(cluster.node(0), 'role-changed').at(-1)).toMatchObject({ rule: 'check-quorum' });
  });

  it('"this allows clients to retry their requests with another server": what waited is given back', () => {
    const cluster = ledByNode0();
    cluster.isolate(0);
    const ticket = cluster.read(0);
    cluster.run(500);
    expect(cluster.readAnswers.get(ticket)?.kind).toBe('ask-again');
    expect(cluster.propose(0, 'x')).toMatchObject({ kind: 'not-leader', leaderId: null });
  });

  it('followers keep track of the leader\'s identity: "They must discard this information when starting a new election or when the term changes."', () => {
    const starting = followerOf({ rulesOff: [] });
    expect(knownLeader(starting)).toBe(1);
    step(starting, { type: 'deadline-passed' }, starting.electionDeadlineNs);
    expect(knownLeader(starting)).toBe(null);
    const behind = followerOf();
    receive(behind, 2, { kind: 'read-index', term: 5, round: 1, mode: 'linearizable' });
    expect(knownLeader(behind)).toBe(null);
  });
});

describe('§6.4', () => {
  it('1. "If the leader has not yet marked an entry from its current term committed, it waits until it has done so."', () => {
    const state = leaderOf({ log: [1] });
    const asked = step(state, { type: 'read', tickets: [1], mode: 'linearizable' }, 0);
    expect(asked).toMatchObject({ reads: [], sends: [] });
    expect(sent(receive(state, 1, accepted({ matchIndex: 2 })), 'append-entries')).not.toEqual([]);
  });

  it('1. "Raft handles this by having each leader commit a blank no-op entry into the log at the start of its term."', () => {
    const cluster = ledByNode0();
    expect(cluster.node(0).applied).toMatchObject([{ kind: 'noop', term: 1 }]);
    cluster.crash(0);
    cluster.run(3_000, () => cluster.leader !== undefined);
    expect(cluster.leader?.log.at(-1)).toMatchObject({ kind: 'noop', term: cluster.leader?.core.term });
  });

  it('2. "The leader saves its current commit index in a local variable readIndex."', () => {
    const cluster = ledByNode0();
    const ticket = cluster.read(0);
    cluster.propose(0, 'commits before the read is confirmed');
    cluster.drop({ from: 0, to: 2 });
    cluster.settle();
    expect(cluster.node(0).core.commitIndex).toBe(2);
    expect(cluster.readAnswers.get(ticket)).toMatchObject({ kind: 'confirmed', readIndex: 1 });
  });

  it('3. "It issues a new round of heartbeats and waits for their acknowledgments from a majority of the cluster."', () => {
    const cluster = ledByNode0();
    const ticket = cluster.read(0);
    expect(cluster.inFlight({ kind: 'append-entries' }).map(({ to }) => to)).toEqual([1, 2]);
    cluster.deliver({ to: 1 });
    expect(cluster.readAnswers.has(ticket)).toBe(false);
    cluster.deliver({ from: 1 });
    expect(cluster.readAnswers.get(ticket)?.kind).toBe('confirmed');
  });

  it('"it can use a single round of heartbeats for any number of read-only queries that it has accumulated"', () => {
    const state = leaderOf();
    receive(state, 1, accepted({ matchIndex: 1 }));
    const tickets = Array.from({ length: 100 }, (_, ticket) => ticket);
    const asked = step(state, { type: 'read', tickets, mode: 'linearizable' }, 0);
    expect(asked.sends).toHaveLength(2);
    const { reads } = receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 1 }));
    expect(reads).toHaveLength(100);
  });

  it('"the follower could issue a request to the leader that just asked for a current readIndex (the leader would execute steps 1–3 above)"', () => {
    const cluster = ledByNode0();
    const ticket = cluster.read(2);
    expect(cluster.flights).toMatchObject([{ to: 0, message: { kind: 'read-index' } }]);
    cluster.deliver();
    expect(cluster.inFlight({ kind: 'append-entries' })).toHaveLength(2);
    cluster.settle();
    expect(cluster.readAnswers.get(ticket)).toMatchObject({ kind: 'confirmed', readIndex: 1 });
  });
});

describe('§6.4.1', () => {
  it('"Once the leader\'s heartbeats were acknowledged by a majority of the cluster, it would assume that no other server will become leader for about an election timeout"', () => {
    const cluster = ledByNode0();
    cluster.node(0).input({ type: 'deadline-passed' }, cluster.nowNs + 50 * millisecond);
    cluster.nowNs += 50 * millisecond;
    const sentNs = cluster.nowNs;
    cluster.settle();
    cluster.isolate(0);
    cluster.nowNs = sentNs + leaseDurationNs(paperTimings) - 1;
    expect(cluster.readAnswers.get(cluster.read(0, 'lease'))?.kind).toBe('confirmed');
    cluster.nowNs += 1;
    expect(cluster.readAnswers.has(cluster.read(0, 'lease'))).toBe(false);
  });

  it('"The leader would then reply to read-only queries during that period without any additional communication."', () => {
    const cluster = ledByNode0();
    expect(cluster.readAnswers.get(cluster.read(0, 'lease'))).toMatchObject({ kind: 'confirmed', readIndex: 1 });
    expect(cluster.flights).toEqual([]);
  });

  it('"a leader would need to expire its lease before transferring leadership"', () => {
    const cluster = ledByNode0();
    cluster.transferLeadership(0, 1);
    expect(cluster.readAnswers.has(cluster.read(0, 'lease'))).toBe(false);
    expect(eventsOf(cluster.node(0), 'lease-not-held')).toHaveLength(1);
  });

  it('"The lease approach assumes a bound on clock drift across servers": it ends that much before the election timeout', () => {
    const drift = limits.clockDriftPercentMax / 100;
    const electionTimeoutNs = paperTimings.electionTimeoutMinMs * millisecond;
    const durationNs = leaseDurationNs(paperTimings);
    expect(durationNs / (1 - drift)).toBeLessThanOrEqual(electionTimeoutNs / (1 + drift));
    expect(durationNs).toBeGreaterThan(electionTimeoutNs / 2);
  });

  it('§4.2.3, on which it rests: "if a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does not update its term or grant its vote"', () => {
    const state = followerOf({ rulesOff: [] });
    receive(state, 1, appendEntries(), 0);
    const call = { term: 7, round: 1, candidateId: 2, lastLogIndex: 9, lastLogTerm: 6, transfer: false };
    receive(state, 2, { kind: 'request-vote', ...call }, paperTimings.electionTimeoutMinMs * millisecond - 1);
    expect(state).toMatchObject({ term: 1, votedFor: null });
  });
});
