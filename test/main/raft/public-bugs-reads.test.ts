/**
 * Mistakes that were found in public Raft implementations, about reads and leases: none of them here.
 */
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asLeader,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  requestVote,
  sent,
} from '../../support/core-messages.ts';

const millisecond = 1_000_000;

/** Node 0 of three leads, with all rules on, and everything is settled. */
function ledByNode0(size = 3): CoreCluster {
  const cluster = new CoreCluster({ size, rulesOff: [] });
  cluster.electNode(0);
  cluster.run(100);
  return cluster;
}

describe('stale reads', () => {
  it('a new leader does not answer from the commit index that it inherited', () => {
    const cluster = ledByNode0();
    cluster.propose(0, 'x');
    // Node 1 gets the entry, but never hears that it is committed.
    cluster.deliver({ to: 1 });
    cluster.deliver({ from: 1 });
    expect(cluster.node(0).core.commitIndex).toBe(2);
    cluster.crash(0);
    cluster.flights = [];
    cluster.run(2_000, () => cluster.leader !== undefined);
    expect(cluster.leader?.id).toBe(1);
    expect(cluster.node(1).core.commitIndex).toBe(1);
    const tickets = [cluster.read(1), cluster.read(1, 'lease')];
    for (const ticket of tickets) expect(cluster.readAnswers.has(ticket)).toBe(false);
    cluster.run(200);
    for (const ticket of tickets) expect(cluster.readAnswers.get(ticket)).toMatchObject({ readIndex: 3 });
  });

  it('a leader that was paused while another was elected confirms nothing, neither by lease nor by old answers', () => {
    const cluster = ledByNode0();
    cluster.input(0, { type: 'deadline-passed' });
    cluster.run(51);
    const kept = cluster.drop({ to: 0 });
    // Node 0 is paused: nothing reaches it, and it does nothing.
    for (const other of [1, 2]) cluster.cut(0, other);
    cluster.nowNs += 400 * millisecond;
    cluster.input(1, { type: 'deadline-passed' });
    cluster.settle();
    expect(cluster.leader?.id).toBe(1);
    cluster.propose(1, 'what the paused leader has not seen');
    cluster.settle();
    // It wakes with what had arrived meanwhile, and with clients that ask.
    cluster.heal();
    const tickets = [cluster.read(0, 'lease'), cluster.read(0)];
    for (const flight of kept) cluster.arrive(flight);
    for (const ticket of tickets) expect(cluster.readAnswers.get(ticket)?.kind).not.toBe('confirmed');
    cluster.run(1_000);
    for (const ticket of tickets) expect(cluster.readAnswers.get(ticket)?.kind).toBe('ask-again');
  });

  it('a question that is asked again is not confirmed by answers from before it (etcd#20418)', () => {
    const state = leaderOf();
    receive(state, 1, accepted({ round: state.nextRound - 1, matchIndex: 1 }));
    const question = { kind: 'read-index', term: 2, round: 7, mode: 'linearizable' } as const;
    receive(state, 1, question);
    const [first] = asLeader(state).pendingReads;
    // The question comes again; meanwhile an answer to a heartbeat from before is still on its way.
    receive(state, 1, question);
    const second = asLeader(state).pendingReads.at(-1);
    expect(second?.round).toBeGreaterThan(first?.round ?? Infinity);
    const old = receive(state, 2, accepted({ round: (first?.round ?? 0) - 1, matchIndex: 1 }));
    expect(sent(old, 'read-index-reply')).toEqual([]);
    // An answer to the first round confirms the first question only.
    const confirmed = receive(state, 2, accepted({ round: (second?.round ?? 0) - 1, matchIndex: 1 }));
    expect(sent(confirmed, 'read-index-reply')).toHaveLength(1);
    expect(asLeader(state).pendingReads).toEqual([second]);
  });

  it('an answer that a leader of an earlier term gave finds no read of the next term', () => {
    const state = followerOf();
    const asked = step(state, { type: 'read', tickets: [1], mode: 'linearizable' }, 0);
    const round = sent(asked, 'read-index')[0]?.message.round ?? 0;
    expect(receive(state, 2, appendEntries({ term: 2, leaderId: 2 })).reads).toEqual([
      { ticket: 1, kind: 'ask-again' },
    ]);
    step(state, { type: 'read', tickets: [2], mode: 'linearizable' }, 0);
    const late = { kind: 'read-index-reply', term: 1, round, success: true, readIndex: 0 } as const;
    expect(receive(state, 1, late).reads).toEqual([]);
  });
});

/** Node 0 has led since `startNs`; node 1, which it counts on, heard it then and nothing since. */
function lease(): { readonly leader: RaftState; readonly voter: RaftState; readonly startNs: number } {
  const leader = leaderOf({ rulesOff: ['pre-vote', 'check-quorum'] });
  const startNs = asLeader(leader).heartbeatDeadlineNs;
  step(leader, { type: 'deadline-passed' }, startNs);
  receive(leader, 1, accepted({ round: leader.nextRound - 1, matchIndex: 1 }), startNs);
  const voter = followerOf({ rulesOff: [], log: [1] });
  receive(voter, 1, appendEntries(), startNs);
  return { leader, voter, startNs };
}

/** What the leader answers at the first moment at which node 1 votes for another, with clocks that drift apart. */
function readAtFirstVote(driftPercent: number): string {
  const { leader, voter, startNs } = lease();
  const call = requestVote({ term: 9, candidateId: 2, lastLogIndex: 9, lastLogTerm: 8 });
  let passedNs = 0;
  while (voter.votedFor !== 2) {
    passedNs += millisecond / 8;
    receive(voter, 2, call, startNs + Math.floor((passedNs * (100 + driftPercent)) / 100));
  }
  const leaderNs = startNs + Math.floor((passedNs * (100 - driftPercent)) / 100);
  const { reads } = step(leader, { type: 'read', tickets: [1], mode: 'lease' }, leaderNs);
  return reads[0]?.kind ?? 'asks a majority';
}

describe('leases', () => {
  it.each([0, 5, limits.clockDriftPercentMax])('clocks that drift by %i percent leave them safe', (percent) => {
    expect(readAtFirstVote(percent)).toBe('asks a majority');
  });

  it.each([limits.clockDriftPercentMax + 2, 25])(
    'clocks that drift by %i percent do not: the promise is void',
    (percent) => {
      expect(readAtFirstVote(percent)).toBe('confirmed');
    },
  );

  it('a server that came into a higher term by another way still spares the leader that it has heard', () => {
    const { voter, startNs } = lease();
    // A late answer to a call of its own brings the term of a candidate; then comes that candidate's late call.
    const nowNs = startNs + millisecond;
    receive(voter, 2, { kind: 'pre-vote-reply', term: 9, round: 1, storage: 1, voteGranted: false }, nowNs);
    expect(voter.term).toBe(9);
    const call = requestVote({ term: 9, candidateId: 2, lastLogIndex: 9, lastLogTerm: 8 });
    const effects = receive(voter, 2, call, nowNs);
    expect(sent(effects, 'request-vote-reply')).toMatchObject([{ message: { voteGranted: false } }]);
    expect(eventsOf(effects, 'vote-refused')).toMatchObject([{ rule: 'leader-stickiness' }]);
    receive(voter, 2, call, startNs + 150 * millisecond);
    expect(voter.votedFor).toBe(2);
  });

  it('a follower that restarts still spares the leader to which it may have answered', () => {
    const cluster = ledByNode0();
    cluster.crash(1);
    cluster.restart(1);
    cluster.isolate(0);
    const ticket = cluster.read(0, 'lease');
    expect(cluster.readAnswers.get(ticket)?.kind).toBe('confirmed');
    cluster.input(1, {
      type: 'message',
      from: 2,
      message: requestVote({ term: 9, candidateId: 2, lastLogIndex: 9, lastLogTerm: 8 }),
    });
    expect(cluster.node(1).core.votedFor).not.toBe(2);
  });

  it('a leader that handed its office over does not go on answering by lease', () => {
    const cluster = ledByNode0();
    cluster.transferLeadership(0, 1);
    // The call of its successor does not reach it.
    cluster.deliver({ kind: 'timeout-now' });
    cluster.cut(0, 1);
    cluster.cut(0, 2);
    cluster.settle();
    expect(cluster.node(1).role).toBe('leader');
    cluster.propose(1, 'what the former leader has not seen');
    cluster.settle();
    expect(cluster.node(0).role).toBe('leader');
    const ticket = cluster.read(0, 'lease');
    expect(cluster.readAnswers.has(ticket)).toBe(false);
  });
});
