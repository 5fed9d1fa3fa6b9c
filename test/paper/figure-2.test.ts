/**
 * Figure 2 of the extended Raft paper, sentence by sentence. Each test has the sentence as its name.
 */
import { describe, expect, it } from 'vitest';
import { termAt } from '../../main/raft/log-shape.ts';
import { step } from '../../main/raft/step.ts';
import { CoreCluster, termsOf } from '../support/core-cluster.ts';
import {
  accepted,
  appendEntries,
  asCandidate,
  asFollower,
  asLeader,
  candidateOf,
  followerOf,
  leaderOf,
  logOf,
  receive,
  refused,
  requestVote,
  sent,
  stateOf,
  vote,
} from '../support/core-messages.ts';

describe('State', () => {
  it('"Persistent state on all servers (updated on stable storage before responding to RPCs)": currentTerm, votedFor, log[]', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.propose(0, 'x');
    cluster.run(100);
    for (const { id } of cluster.all) {
      cluster.crash(id);
      cluster.restart(id);
    }
    for (const { core, log } of cluster.all) {
      expect(core).toMatchObject({ term: 1, votedFor: 0 });
      expect(termsOf(log)).toEqual([1, 1]);
    }
  });

  it('"currentTerm: latest term server has seen (initialized to 0 on first boot, increases monotonically)"', () => {
    const cluster = new CoreCluster({ size: 3 });
    expect(cluster.all.map(({ core }) => core.term)).toEqual([0, 0, 0]);
    const state = stateOf({ term: 5 });
    for (const term of [7, 6, 3]) receive(state, 1, requestVote({ term }));
    expect(state.term).toBe(7);
  });

  it('"votedFor: candidateId that received vote in current term (or null if none)"', () => {
    const state = stateOf();
    expect(state.votedFor).toBe(null);
    receive(state, 2, requestVote({ candidateId: 2 }));
    expect(state.votedFor).toBe(2);
    receive(state, 1, appendEntries({ term: 3 }));
    expect(state.votedFor).toBe(null);
  });

  it('"log[]: each entry contains command for state machine, and term when entry was received by leader (first index is 1)"', () => {
    const cluster = new CoreCluster({ size: 1 });
    cluster.electNode(0);
    cluster.propose(0, 'x');
    expect(cluster.node(0).log).toMatchObject([
      { index: 1, term: 1, kind: 'noop' },
      { index: 2, term: 1, kind: 'client', payload: new TextEncoder().encode('x') },
    ]);
  });

  it('"commitIndex: index of highest log entry known to be committed (initialized to 0, increases monotonically)"', () => {
    const state = followerOf({ log: [1, 1, 1] });
    const seen = [0, 2, 1, 3].map((leaderCommit) => {
      receive(state, 1, appendEntries({ prevLogIndex: 3, prevLogTerm: 1, leaderCommit }));
      return state.commitIndex;
    });
    expect(seen).toEqual([0, 2, 2, 3]);
  });

  it('"nextIndex[]: … (initialized to leader last log index + 1)", "matchIndex[]: … (initialized to 0, increases monotonically)"', () => {
    const state = leaderOf({ log: [1, 1] });
    expect(asLeader(state).progress.get(1)).toMatchObject({ nextIndex: 3, matchIndex: 0 });
    for (const matchIndex of [2, 3, 1]) receive(state, 1, accepted({ matchIndex }));
    expect(asLeader(state).progress.get(1)?.matchIndex).toBe(3);
  });
});

describe('AppendEntries RPC, receiver implementation', () => {
  it('1. "Reply false if term < currentTerm"', () => {
    const effects = receive(stateOf({ term: 3 }), 1, appendEntries({ term: 2 }));
    expect(sent(effects, 'append-entries-reply')).toMatchObject([{ message: { term: 3, success: false } }]);
  });

  it('2. "Reply false if log doesn\'t contain an entry at prevLogIndex whose term matches prevLogTerm"', () => {
    for (const [prevLogIndex, prevLogTerm] of [
      [3, 2],
      [2, 2],
    ] as const) {
      const effects = receive(
        followerOf({ log: [1, 1], term: 2 }),
        1,
        appendEntries({ term: 2, prevLogIndex, prevLogTerm }),
      );
      expect(sent(effects, 'append-entries-reply')).toMatchObject([{ message: { success: false } }]);
    }
  });

  it('3. "If an existing entry conflicts with a new one (same index but different terms), delete the existing entry and all that follow it"', () => {
    const state = followerOf({ log: [1, 1, 1], term: 2 });
    receive(state, 1, appendEntries({ term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([2], 2) }));
    expect([1, 2, 3].map((index) => termAt(state.log, index))).toEqual([1, 2, undefined]);
  });

  it('4. "Append any new entries not already in the log"', () => {
    const state = followerOf({ log: [1, 1] });
    const effects = receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: logOf([1, 1], 2) }));
    expect(effects.persist).toEqual({ write: 1, entries: logOf([1], 3) });
  });

  it('5. "If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)"', () => {
    const state = followerOf({ log: [1, 1, 1, 1] });
    receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 4, entries: logOf([1], 2) }));
    expect(state.commitIndex).toBe(2);
    receive(state, 1, appendEntries({ prevLogIndex: 4, prevLogTerm: 1, leaderCommit: 3 }));
    expect(state.commitIndex).toBe(3);
  });
});

describe('RequestVote RPC, receiver implementation', () => {
  it('1. "Reply false if term < currentTerm"', () => {
    const effects = receive(stateOf({ term: 3 }), 1, requestVote({ term: 2 }));
    expect(sent(effects, 'request-vote-reply')).toMatchObject([{ message: { term: 3, voteGranted: false } }]);
  });

  it('2. "If votedFor is null or candidateId, and candidate\'s log is at least as up-to-date as receiver\'s log, grant vote"', () => {
    const votes: [votedFor: number | null, lastLogIndex: number, lastLogTerm: number, granted: boolean][] = [
      [null, 2, 2, true],
      [1, 2, 2, true],
      [2, 2, 2, false],
      [null, 1, 2, false],
      [null, 9, 1, false],
      [null, 1, 3, true],
    ];
    for (const [votedFor, lastLogIndex, lastLogTerm, voteGranted] of votes) {
      const state = stateOf({ term: 3, votedFor, log: [1, 2] });
      const effects = receive(state, 1, requestVote({ term: 3, lastLogIndex, lastLogTerm }));
      expect(sent(effects, 'request-vote-reply')).toMatchObject([{ message: { voteGranted } }]);
    }
  });
});

describe('Rules for servers: all servers', () => {
  it('"If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] to state machine"', () => {
    const state = followerOf({ log: [1, 1, 1] });
    const applied = [1, 1, 3].map(
      (leaderCommit) => receive(state, 1, appendEntries({ prevLogIndex: 3, prevLogTerm: 1, leaderCommit })).apply,
    );
    expect(applied).toEqual([{ from: 1, to: 1 }, undefined, { from: 2, to: 3 }]);
  });

  it.each([
    ['request', requestVote({ term: 9 })],
    ['request', appendEntries({ term: 9 })],
    ['response', vote({ term: 9, voteGranted: false })],
    ['response', refused({ term: 9 })],
  ])(
    '"If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower" (%s)',
    (_what, message) => {
      for (const make of [followerOf, candidateOf, leaderOf]) {
        const state = make();
        receive(state, 1, message);
        expect(state).toMatchObject({ term: 9, role: { name: 'follower' } });
      }
    },
  );
});

describe('Rules for servers: followers', () => {
  it('"Respond to RPCs from candidates and leaders"', () => {
    expect(receive(followerOf(), 1, requestVote()).sends).toMatchObject([
      { to: 1, message: { kind: 'request-vote-reply' } },
    ]);
    expect(receive(followerOf(), 1, appendEntries()).sends).toMatchObject([
      { to: 1, message: { kind: 'append-entries-reply' } },
    ]);
  });

  it('"If election timeout elapses without receiving AppendEntries RPC from current leader or granting vote to candidate: convert to candidate"', () => {
    const heard = [appendEntries(), requestVote({ term: 1 })];
    for (const message of heard) {
      const state = stateOf();
      const first = state.electionDeadlineNs;
      receive(state, 1, message, first - 1);
      step(state, { type: 'deadline-passed' }, first);
      expect(state.role.name).toBe('follower');
      step(state, { type: 'deadline-passed' }, first - 1 + state.electionTimeoutNs);
      expect(state.role.name).toBe('candidate');
    }
  });
});

describe('Rules for servers: candidates', () => {
  it('"On conversion to candidate, start election: increment currentTerm, vote for self, reset election timer, send RequestVote RPCs to all other servers"', () => {
    const state = stateOf({ term: 4 });
    const nowNs = state.electionDeadlineNs;
    const effects = step(state, { type: 'deadline-passed' }, nowNs);
    expect(state).toMatchObject({ term: 5, votedFor: 0, electionDeadlineNs: nowNs + state.electionTimeoutNs });
    expect(sent(effects, 'request-vote').map(({ to }) => to)).toEqual([1, 2]);
  });

  it('"If votes received from majority of servers: become leader"', () => {
    const state = candidateOf();
    receive(state, 1, vote({ round: asCandidate(state).round }));
    expect(state.role.name).toBe('leader');
  });

  it('"If AppendEntries RPC received from new leader: convert to follower"', () => {
    const state = candidateOf();
    receive(state, 2, appendEntries({ term: 2, leaderId: 2 }));
    expect(asFollower(state).leaderId).toBe(2);
  });

  it('"If election timeout elapses: start new election"', () => {
    const state = candidateOf();
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(state).toMatchObject({ term: 3, role: { name: 'candidate' } });
  });
});

describe('Rules for servers: leaders', () => {
  it('"Upon election: send initial empty AppendEntries RPCs (heartbeat) to each server; repeat during idle periods to prevent election timeouts"', () => {
    const state = candidateOf();
    // The initial one is not empty here: it carries the no-op of §8 at once.
    const effects = receive(state, 1, vote({ round: asCandidate(state).round }));
    expect(sent(effects, 'append-entries').map(({ to }) => to)).toEqual([1, 2]);
    const idle = step(state, { type: 'deadline-passed' }, effects.wakeAtNs);
    expect(sent(idle, 'append-entries').map(({ to, message }) => [to, message.entryCount])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('"If command received from client: append entry to local log, respond after entry applied to state machine"', () => {
    const cluster = new CoreCluster({ size: 3 });
    const leader = cluster.electNode(0);
    cluster.propose(0, 'x');
    expect([leader.log.length, leader.applied.length]).toEqual([2, 1]);
    cluster.run(10);
    expect(leader.applied).toHaveLength(2);
  });

  it('"If last log index >= nextIndex for a follower: send AppendEntries RPC with log entries starting at nextIndex"', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.propose(0, 'x', 'y');
    for (const { message } of cluster.inFlight({ kind: 'append-entries' })) {
      expect(message).toMatchObject({ prevLogIndex: 1, entries: [{ index: 2 }, { index: 3 }] });
    }
    expect(cluster.inFlight()).toHaveLength(2);
  });

  it('"If successful: update nextIndex and matchIndex for follower"', () => {
    const state = leaderOf({ log: [1] });
    receive(state, 2, accepted({ matchIndex: 2 }));
    expect(asLeader(state).progress.get(2)).toMatchObject({ matchIndex: 2, nextIndex: 3 });
  });

  it('"If AppendEntries fails because of log inconsistency: decrement nextIndex and retry"', () => {
    const state = leaderOf({ log: [1, 1, 1] });
    const effects = receive(state, 1, refused({ round: state.nextRound - 1, conflictIndex: 2 }));
    expect(sent(effects, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: 1, entryCount: 3 } }]);
  });

  it('"If there exists an N such that N > commitIndex, a majority of matchIndex[i] >= N, and log[N].term == currentTerm: set commitIndex = N"', () => {
    const state = leaderOf({ voters: [0, 1, 2, 3, 4], log: [1, 1] });
    const seen = (
      [
        [1, 3],
        [2, 2],
        [3, 3],
      ] as const
    ).map(([from, matchIndex]) => {
      receive(state, from, accepted({ matchIndex }));
      return state.commitIndex;
    });
    expect(seen).toEqual([0, 0, 3]);
  });
});
