import { describe, expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import { termAt } from '../../../main/raft/log-shape.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import {
  appendEntries,
  asFollower,
  candidateOf,
  entryAt,
  eventsOf,
  followerOf,
  leaderOf,
  logOf,
  persistAll,
  receive,
  sent,
  someStorage,
  stateOf,
} from '../../support/core-messages.ts';

function termsIn({ log }: RaftState): (number | undefined)[] {
  return Array.from({ length: log.lastIndex }, (_, position) => termAt(log, position + 1));
}

describe('a follower takes entries', () => {
  it('behind the entry that it shares with the leader, and acknowledges them when they are on disk', () => {
    const state = followerOf({ log: [1] });
    const effects = receive(
      state,
      1,
      appendEntries({ round: 9, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([1, 1], 2) }),
    );
    expect(effects.persist).toEqual({ write: 1, entries: logOf([1, 1], 2) });
    expect(sent(effects, 'append-entries-reply')).toEqual([
      {
        to: 1,
        after: 1,
        message: {
          kind: 'append-entries-reply',
          term: 1,
          round: 9,
          storage: someStorage,
          success: true,
          matchIndex: 3,
          conflictTerm: 0,
          conflictIndex: 0,
        },
      },
    ]);
  });

  it('acknowledges a repetition only when the first write is on disk', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1]) }));
    const again = receive(state, 1, appendEntries({ entries: logOf([1]) }));
    expect(again.persist).toBeUndefined();
    expect(sent(again, 'append-entries-reply')[0]).toMatchObject({ after: 1, message: { matchIndex: 1 } });
    persistAll(state);
    const heartbeat = receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1 }));
    expect(sent(heartbeat, 'append-entries-reply')[0]).toMatchObject({ after: 0, message: { matchIndex: 1 } });
  });

  it('acknowledges what the call showed, not what else it has', () => {
    const state = followerOf({ log: [1, 1, 1, 1] });
    const effects = receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: logOf([1], 2) }));
    expect(sent(effects, 'append-entries-reply')[0]?.message.matchIndex).toBe(2);
  });

  it('removes the first entry that conflicts and everything behind it, in one write with what comes instead', () => {
    const state = followerOf({ log: [1, 2, 2, 2], term: 3 });
    const effects = receive(
      state,
      1,
      appendEntries({ term: 3, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([2, 3], 2) }),
    );
    expect(effects.persist).toEqual({ write: 1, truncateFrom: 3, entries: [entryAt(3, 3)] });
    expect(termsIn(state)).toEqual([1, 2, 3]);
    expect(eventsOf(effects, 'entries-truncated')).toMatchObject([
      { fromIndex: 3, lastIndex: 4, rule: 'truncate-only-on-conflict' },
    ]);
  });

  it('a late call with fewer entries removes nothing (rule truncate-only-on-conflict)', () => {
    const state = followerOf({ log: [1, 1, 1, 1] });
    for (const count of [0, 1, 2]) {
      const effects = receive(
        state,
        1,
        appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: logOf([1, 1], 2).slice(0, count) }),
      );
      expect(effects.persist).toBeUndefined();
    }
    expect(termsIn(state)).toEqual([1, 1, 1, 1]);
  });

  it('reports one event per run of a term', () => {
    const effects = receive(followerOf({ term: 4 }), 1, appendEntries({ term: 4, entries: logOf([1, 1, 3, 4, 4]) }));
    expect(eventsOf(effects, 'entries-appended')).toMatchObject([
      { firstIndex: 1, lastIndex: 2, term: 1 },
      { firstIndex: 3, lastIndex: 3, term: 3 },
      { firstIndex: 4, lastIndex: 5, term: 4 },
    ]);
  });

  it('never removes what is committed: it stops instead', () => {
    const state = followerOf({ log: [1, 1], rulesOff: [] });
    receive(state, 1, appendEntries({ prevLogIndex: 2, prevLogTerm: 1, leaderCommit: 2 }));
    const wrong = appendEntries({ term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: logOf([2], 2) });
    expect(() => receive(state, 1, wrong)).toThrow(AssertionError);
  });
});

describe('a follower refuses', () => {
  it('a leader of an older term, and tells it the newer one; its timer runs on', () => {
    const state = stateOf({ term: 5 });
    const { electionDeadlineNs } = state;
    const effects = receive(state, 1, appendEntries({ term: 4, round: 3 }));
    expect(sent(effects, 'append-entries-reply')[0]?.message).toMatchObject({ term: 5, round: 3, success: false });
    expect(state).toMatchObject({ electionDeadlineNs, role: { leaderId: null } });
  });

  it.each([
    ['its log is too short: it says where it ends', [1, 1], 5, 1, 0, 3],
    ['its log is empty', [], 5, 1, 0, 1],
    ['its entry there is of another term: it says which, and where that begins', [1, 2, 2, 2], 4, 3, 2, 2],
    ['all it has is of another term', [2, 2, 2], 3, 3, 2, 1],
  ])('the call when %s', (_why, log, prevLogIndex, prevLogTerm, conflictTerm, conflictIndex) => {
    const state = followerOf({ log, term: 4 });
    const effects = receive(
      state,
      1,
      appendEntries({ term: 4, prevLogIndex, prevLogTerm, entries: logOf([4], prevLogIndex + 1) }),
    );
    expect(sent(effects, 'append-entries-reply')[0]?.message).toMatchObject({
      success: false,
      matchIndex: 0,
      conflictTerm,
      conflictIndex,
    });
    expect(eventsOf(effects, 'append-refused')).toMatchObject([{ rule: 'previous-entry-check' }]);
    expect(termsIn(state)).toEqual(log);
    expect(effects.persist).toBeUndefined();
  });

  it('but it has heard from its leader, so its timer starts anew', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ prevLogIndex: 5, prevLogTerm: 1 }), 1_000);
    expect(state.electionDeadlineNs).toBe(1_000 + state.electionTimeoutNs);
  });
});

describe('[previous-entry-check] switched off', () => {
  it('a log whose terms fall is a broken promise, and the server goes on with it', () => {
    const state = followerOf({ log: [1, 5], rulesOff: ['previous-entry-check'] });
    const call = appendEntries({ term: 6, prevLogIndex: 2, prevLogTerm: 3, entries: logOf([3, 6], 3) });
    const effects = receive(state, 1, call);
    expect(eventsOf(effects, 'rule-waived')).toMatchObject([{ rule: 'previous-entry-check' }]);
    expect(eventsOf(effects, 'promise-broken')).toMatchObject([{ promise: 'terms never fall along a log' }]);
    expect(termsIn(state)).toEqual([1, 5, 3, 6]);
  });
});

describe('a follower commits', () => {
  it.each([
    ['what the leader has committed', 3, 4, 3],
    ['at most up to the last entry of the call (Figure 2: min)', 9, 4, 4],
    ['not what it has behind that', 9, 2, 2],
  ])('%s', (_what, leaderCommit, lastSent, commitIndex) => {
    const state = followerOf({ log: [1, 1, 1, 1, 1] });
    const entries = logOf([1, 1, 1], 2).slice(0, lastSent - 1);
    const effects = receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, leaderCommit, entries }));
    expect(state.commitIndex).toBe(commitIndex);
    expect(effects.apply).toEqual({ from: 1, to: commitIndex });
  });

  it('and never goes back when a call is late', () => {
    const state = followerOf({ log: [1, 1, 1] });
    receive(state, 1, appendEntries({ prevLogIndex: 3, prevLogTerm: 1, leaderCommit: 3 }));
    const late = receive(state, 1, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 1 }));
    expect(state.commitIndex).toBe(3);
    expect(late.apply).toBeUndefined();
  });
});

describe('whoever sends AppendEntries of the term leads it', () => {
  it('a candidate becomes its follower', () => {
    const state = candidateOf();
    const effects = receive(state, 2, appendEntries({ term: 2, leaderId: 2 }));
    expect(asFollower(state).leaderId).toBe(2);
    expect(eventsOf(effects, 'role-changed')).toMatchObject([{ from: 'candidate', to: 'follower', term: 2 }]);
    expect(state.votedFor).toBe(0);
  });

  it('a follower learns who leads, once', () => {
    const state = stateOf();
    expect(eventsOf(receive(state, 2, appendEntries({ leaderId: 2 })), 'leader-known')).toEqual([
      { type: 'leader-known', leaderId: 2, term: 1 },
    ]);
    expect(eventsOf(receive(state, 2, appendEntries({ leaderId: 2 })), 'leader-known')).toEqual([]);
  });

  it('a leader of an older term gives up its office', () => {
    const state = leaderOf();
    receive(state, 1, appendEntries({ term: 3 }));
    expect(state).toMatchObject({ term: 3, votedFor: null, role: { name: 'follower', leaderId: 1 } });
  });

  it('two leaders in one term are impossible: the server stops', () => {
    const state = leaderOf();
    state.rulesOff = [];
    expect(() => receive(state, 1, appendEntries({ term: 2 }))).toThrow(AssertionError);
  });
});
