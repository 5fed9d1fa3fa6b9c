/** What the prototype of 2015 got wrong, and the core does not. */
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { ConsensusMessage } from '../../../shared/raft-message.ts';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster, termsOf } from '../../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asCandidate,
  candidateOf,
  followerOf,
  leaderOf,
  logOf,
  receive,
  refused,
  requestVote,
  sent,
  snapshotAnswer,
  stateOf,
  vote,
} from '../../support/core-messages.ts';

describe('"two nodes contend for votes and occasionally lock up"', () => {
  it.each([2, 3, 4, 5])(
    'of %i servers that all time out at the same moment, one is elected within ten timeouts, whatever the seed',
    (size) => {
      for (let seed = 1; seed <= 100; seed++) {
        const cluster = new CoreCluster({ size, seed });
        cluster.nowNs = 300_000_000;
        cluster.fireDueTimers();
        expect(cluster.all.every(({ role }) => role === 'candidate')).toBe(true);
        expect(() => cluster.elect(10 * 300), `seed ${seed}`).not.toThrow();
      }
    },
  );

  it('a candidate whose rival has the better log gives way and votes for it', () => {
    const cluster = new CoreCluster({
      size: 2,
      disks: { 0: { term: 1, log: logOf([1]) }, 1: { term: 1, log: logOf([1, 1]) } },
    });
    for (let attempt = 0; attempt < 5; attempt++) {
      cluster.timeOut(0);
      while (cluster.flights.length > 0) cluster.deliver();
      expect(cluster.node(0).role).not.toBe('leader');
    }
    expect(cluster.electNode(1).log).toHaveLength(3);
  });
});

describe('"answered before it is committed"', () => {
  it('a proposal is not applied anywhere before a majority has it on disk', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    for (const node of cluster.all) node.slowDisk = true;
    cluster.propose(0, 'x');
    cluster.deliver();
    cluster.deliver();
    cluster.completeWrites(0);
    // The no-op is committed, the entry is on the leader's disk alone.
    expect(cluster.all.map(({ applied, log }) => [applied.length, log.length])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    cluster.completeWrites(2);
    cluster.deliver();
    expect(cluster.node(0).applied).toHaveLength(2);
  });
});

describe('"a vote is kept for life"', () => {
  it('each term has a vote of its own: every server can lead, one after the other', () => {
    const cluster = new CoreCluster({ size: 3 });
    for (const id of [0, 1, 2, 0, 1, 2]) {
      cluster.electNode(id);
      cluster.run(60);
    }
    expect(cluster.leader?.id).toBe(2);
    expect(cluster.leader?.core.term).toBe(6);
  });
});

describe('"the term is lost at a restart"', () => {
  it('term and vote survive, so nobody votes twice in a term', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.timeOut(0);
    cluster.deliver({ to: 2 });
    cluster.crash(2);
    cluster.restart(2);
    expect(cluster.node(2).core).toMatchObject({ term: 1, votedFor: 0 });
    cluster.arrive({ from: 1, to: 2, sentNs: 0, message: requestVote({ term: 1 }) });
    expect(cluster.inFlight({ from: 2, to: 1 })).toMatchObject([{ message: { voteGranted: false } }]);
  });

  it('a vote that was never durable was never given', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.node(2).slowDisk = true;
    cluster.timeOut(0);
    cluster.deliver({ to: 2 });
    expect(cluster.inFlight({ from: 2 })).toEqual([]);
    cluster.crash(2);
    cluster.restart(2);
    expect(cluster.node(2).core).toMatchObject({ term: 0, votedFor: null });
  });
});

describe('"a rejection is unimplemented: the node panics"', () => {
  const terms = [0, 1, 2, 3];
  const rounds = [0, 1, 4_294_967_297, 4_294_967_300, limits.indexMax];
  const places = [0, 1, 2, 7, limits.indexMax];
  const replies: ConsensusMessage[] = terms.flatMap((term) =>
    rounds.flatMap((round) => [
      vote({ term, round }),
      vote({ term, round, voteGranted: false }),
      ...places.map((matchIndex) => accepted({ term, round, matchIndex })),
      ...places.map((conflictIndex) => refused({ term, round, conflictIndex })),
      ...places.map((conflictIndex) => refused({ term, round, conflictIndex, conflictTerm: 1 })),
      ...[true, false].map((success): ConsensusMessage => ({
        kind: 'read-index-reply',
        term,
        round,
        success,
        readIndex: 1,
      })),
      ...places.map((nextOffset) => snapshotAnswer({ term, round, nextOffset })),
      ...places.map((lastIncludedIndex) => snapshotAnswer({ term, round, lastIncludedIndex, installed: true })),
      { kind: 'read-index', term, round, mode: 'linearizable' },
      { kind: 'read-index', term, round, mode: 'lease' },
      requestVote({ term, round, lastLogIndex: 1, lastLogTerm: 1 }),
    ]),
  );

  it.each([
    ['follower', followerOf],
    ['candidate', candidateOf],
    ['leader', leaderOf],
  ])('a %s takes every reply there is, in any order, and works on', (_role, make) => {
    for (const start of replies.keys()) {
      const state = make({ log: [1, 1] });
      for (const message of replies.slice(start, start + 20)) receive(state, 1, message);
      expect(() => step(state, { type: 'deadline-passed' }, 1e12)).not.toThrow();
    }
  });
});

describe('"a leader never steps down"', () => {
  it('gives up its office at the first sign of a higher term, and follows the new leader with what that one has', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.run(60);
    cluster.isolate(0);
    cluster.propose(0, 'lost');
    cluster.electNode(1);
    cluster.propose(1, 'kept');
    cluster.heal();
    cluster.run(200);
    expect(cluster.all.map(({ role }) => role)).toEqual(['follower', 'leader', 'follower']);
    const texts = cluster.all.map(({ applied }) => new TextDecoder().decode(applied.at(-1)?.payload));
    expect(texts).toEqual(['kept', 'kept', 'kept']);
  });
});

describe('"three of three must vote"', () => {
  it('2 of 3 elect and commit: one server may be down', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.crash(1);
    const leader = cluster.elect();
    cluster.propose(leader.id, 'x');
    cluster.run(200);
    expect(cluster.all.map(({ applied }) => applied.length)).toEqual([2, 0, 2]);
  });

  it('1 of 3 does neither', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.isolate(0);
    cluster.propose(0, 'x');
    cluster.isolate(1);
    cluster.run(5_000);
    expect(cluster.all.map(({ applied }) => applied.length)).toEqual([1, 0, 0]);
    expect(cluster.all.filter(({ role }) => role === 'leader').map(({ id }) => id)).toEqual([0]);
  });
});

describe('"last_log_term is always 0"', () => {
  it('a candidate says what its log ends with, and is judged by it', () => {
    const state = stateOf({ log: [1, 1, 4] });
    const effects = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(sent(effects, 'request-vote')).toMatchObject([{ message: { lastLogIndex: 3, lastLogTerm: 4 } }, {}]);
  });
});

describe('"commit = leader_commit, without min"', () => {
  it("a follower with a tail of its own does not commit it on the leader's word", () => {
    const state = followerOf({ log: [1, 1, 1], term: 2 });
    receive(state, 1, appendEntries({ term: 2, prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 3 }));
    expect(state.commitIndex).toBe(1);
  });
});

describe('"duplicate votes are counted twice"', () => {
  it('on a network that delivers everything three times nobody wins with one vote', () => {
    const cluster = new CoreCluster({ size: 5 });
    cluster.isolate(0, 1);
    cluster.timeOut(0);
    for (let times = 0; times < 3; times++) for (const flight of cluster.inFlight({ to: 1 })) cluster.arrive(flight);
    for (const flight of cluster.inFlight({ to: 0 })) for (let times = 0; times < 3; times++) cluster.arrive(flight);
    expect(cluster.inFlight({ to: 0 }).length).toBe(3);
    expect(asCandidate(cluster.node(0).core).votes.map(({ id }) => id)).toEqual([0, 1]);
  });
});

describe('"a late append removes what was acknowledged"', () => {
  it('an old copy of each message, delivered again at the end, changes nothing', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    const copies = [];
    for (const text of ['a', 'b', 'c']) {
      cluster.propose(0, text);
      copies.push(...cluster.inFlight({ kind: 'append-entries' }));
      cluster.run(10);
    }
    const before = termsOf(cluster.node(1).log);
    for (const copy of copies) cluster.arrive(copy);
    expect(before).toHaveLength(4);
    expect(termsOf(cluster.node(1).log)).toEqual(before);
    expect(cluster.node(1).disk.log).toHaveLength(4);
  });
});
