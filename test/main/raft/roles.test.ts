import { describe, expect, it } from 'vitest';
import { step } from '../../../main/raft/step.ts';
import { CoreCluster } from '../../support/core-cluster.ts';
import {
  appendEntries,
  asCandidate,
  asFollower,
  asLeader,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  requestVote,
  sent,
  stateOf,
  vote,
} from '../../support/core-messages.ts';

describe('becoming a candidate (Raft §5.2)', () => {
  it('new term, own vote, RequestVote to every other voter when both are on disk', () => {
    const state = stateOf({ log: [1, 1], voters: [0, 1, 2, 3, 4] });
    const effects = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(effects.persist).toEqual({ write: 1, hardState: { term: 2, votedFor: 0 } });
    const { round } = asCandidate(state);
    const log = { lastLogIndex: 2, lastLogTerm: 1 };
    const message = { kind: 'request-vote', term: 2, round, candidateId: 0, ...log, transfer: false };
    expect(effects.sends).toEqual([1, 2, 3, 4].map((to) => ({ to, after: 1, message })));
    expect(eventsOf(effects, 'election-started')).toMatchObject([{ term: 2, votersNeeded: 3 }]);
  });

  it('its log is on disk too before it boasts of it', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: [{ index: 1, term: 1, kind: 'client', payload: new Uint8Array(1) }] }));
    const effects = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(sent(effects, 'request-vote')[0]).toMatchObject({ after: 2, message: { lastLogIndex: 1 } });
  });
});

describe('becoming a leader', () => {
  it('appends a no-op of its own term and sends it at once (rule leader-noop, Raft §8)', () => {
    const state = candidateOf({ log: [1, 1] });
    const effects = receive(state, 1, vote({ round: asCandidate(state).round }));
    expect(effects.persist).toEqual({
      write: 2,
      entries: [{ index: 3, term: 2, kind: 'noop', payload: new Uint8Array(0) }],
    });
    expect(sent(effects, 'append-entries')).toMatchObject(
      [1, 2].map((to) => ({ to, after: 0, message: { prevLogIndex: 2, prevLogTerm: 1, entryCount: 1 } })),
    );
    expect(eventsOf(effects, 'role-changed')).toEqual([
      { type: 'role-changed', from: 'candidate', to: 'leader', term: 2, reason: '2 of 3 voted for me, a majority' },
    ]);
  });

  it('knows nothing of its followers yet: nextIndex behind its own log, matchIndex 0 (Figure 2)', () => {
    const state = leaderOf({ log: [1, 1] });
    expect([...asLeader(state).progress]).toMatchObject([
      [1, { mode: 'probe', nextIndex: 3, matchIndex: 0 }],
      [2, { mode: 'probe', nextIndex: 3, matchIndex: 0 }],
    ]);
    expect(asLeader(state).firstOwnIndex).toBe(3);
  });

  it('forgets what it knew when it led before', () => {
    const cluster = new CoreCluster({ size: 3 });
    cluster.electNode(0);
    cluster.propose(0, 'one');
    cluster.run(100);
    cluster.electNode(1);
    cluster.isolate(0, 2);
    cluster.timeOut(0);
    cluster.deliver({ from: 0 });
    cluster.deliver({ to: 0 });
    expect(cluster.node(0).role).toBe('leader');
    expect(asLeader(cluster.node(0).core).progress.get(1)).toMatchObject({ matchIndex: 0, answeredRound: 0 });
  });
});

describe('becoming a follower', () => {
  it.each([
    ['candidate', candidateOf],
    ['leader', leaderOf],
  ])('a %s that sees a higher term does, and says why (rule step-down-on-higher-term)', (role, make) => {
    const state = make();
    const effects = receive(state, 2, requestVote({ term: 8, candidateId: 2 }));
    expect(eventsOf(effects, 'role-changed')).toMatchObject([
      { from: role, to: 'follower', term: 8, reason: 'node 2 is in term 8', rule: 'step-down-on-higher-term' },
    ]);
    expect(effects.persist?.hardState?.term).toBe(8);
  });

  it('a leader that steps down gets an election timer again', () => {
    const state = leaderOf({ log: [1, 1] });
    receive(state, 2, requestVote({ term: 8, candidateId: 2 }), 5e9);
    expect(state.votedFor).toBe(null);
    expect(state.electionDeadlineNs).toBe(5e9 + state.electionTimeoutNs);
  });

  it('a candidate that steps down without a leader keeps its timer', () => {
    const state = candidateOf({ log: [1, 1] });
    const { electionDeadlineNs } = state;
    receive(state, 2, requestVote({ term: 8, candidateId: 2 }), 1);
    expect(state.electionDeadlineNs).toBe(electionDeadlineNs);
  });

  it('a follower that adopts a term forgets its leader, but its role does not change', () => {
    const state = followerOf();
    const effects = receive(state, 2, requestVote({ term: 2, candidateId: 2 }));
    expect(asFollower(state).leaderId).toBe(null);
    expect(eventsOf(effects, 'role-changed')).toEqual([]);
    expect(eventsOf(effects, 'term-changed')).toMatchObject([{ from: 1, to: 2 }]);
  });
});
