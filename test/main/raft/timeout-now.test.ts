import { describe, expect, it } from 'vitest';
import { votersOnly } from '../../../shared/configuration.ts';
import type { TimeoutNow } from '../../../shared/raft-message.ts';
import type { RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import {
  appendEntries,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  persistAll,
  receive,
  requestVote,
  sent,
  stateOf,
} from '../../support/core-messages.ts';

function timeoutNow(term: number): TimeoutNow {
  return { kind: 'timeout-now', term, round: 4 };
}

describe('a follower whose leader asks it to run', () => {
  it('becomes a candidate at once, without a pre-vote, and tells the voters why', () => {
    const state = followerOf({ rulesOff: [] });
    const effects = receive(state, 1, timeoutNow(1));
    expect(state).toMatchObject({ term: 2, votedFor: 0, role: { name: 'candidate' } });
    expect(sent(effects, 'pre-vote')).toEqual([]);
    const calls = sent(effects, 'request-vote');
    expect(calls.map(({ to, after, message }) => [to, after, message.transfer])).toEqual([
      [1, 1, true],
      [2, 1, true],
    ]);
    expect(eventsOf(effects, 'election-started')[0]?.reason).toBe('the leader, node 1, asks me to take over');
  });

  it('does so once, however often it is asked', () => {
    const state = followerOf();
    receive(state, 1, timeoutNow(1));
    const again = receive(state, 1, timeoutNow(1));
    expect(again.sends).toEqual([]);
    expect(eventsOf(again, 'message-ignored')).toMatchObject([{ kind: 'timeout-now', rule: 'stale-term' }]);
    expect(state.term).toBe(2);
  });

  it('believes one that it does not know yet as its leader: nobody else sends this', () => {
    const state = stateOf();
    receive(state, 2, timeoutNow(1));
    expect(state.role.name).toBe('candidate');
    const behind = stateOf();
    receive(behind, 2, timeoutNow(6));
    expect(behind).toMatchObject({ term: 7, role: { name: 'candidate' } });
  });
});

describe('the request is ignored', () => {
  it.each([
    ['of an earlier term', followerOf({ term: 3 }), 1, "the sender's term 2 is behind mine, 3"],
    ['of another than its leader', followerOf({ term: 2 }), 2, 'I follow node 1'],
    ['by a candidate', candidateOf(), 1, 'I am a candidate in term 2'],
    ['by a leader', leaderOf(), 1, 'I am a leader in term 2'],
  ])('%s', (_why, state: RaftState, from, reason) => {
    const { term } = state;
    const effects = receive(state, from, timeoutNow(2));
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([{ kind: 'timeout-now', reason }]);
    expect(state.term).toBe(term);
    expect(effects.sends).toEqual([]);
  });

  it('by a learner, and by a server that is no member', () => {
    const learner = followerOf({ bootstrap: { ...votersOnly([1, 2]), learners: votersOnly([0]).voters } });
    expect(eventsOf(receive(learner, 1, timeoutNow(1)), 'election-withheld')).toMatchObject([
      { reason: 'I am a learner, and have no vote' },
    ]);
    const stranger = followerOf({ voters: [1, 2] });
    expect(eventsOf(receive(stranger, 1, timeoutNow(1)), 'election-withheld')).toHaveLength(1);
    expect([learner.term, stranger.term]).toEqual([1, 1]);
  });

  it('by a server whose disk is stuck: it could not keep its own vote', () => {
    const state = stateOf();
    receive(state, 1, appendEntries({ term: 2 }), 0);
    const lateNs = 601_000_000;
    const effects = receive(state, 1, timeoutNow(2), lateNs);
    expect(eventsOf(effects, 'election-withheld')).toMatchObject([{ rule: 'step-down-on-stuck-disk' }]);
    expect(state.role.name).toBe('follower');
  });
});

describe('a voter that has just heard the leader', () => {
  it('votes for a candidate that this leader has asked to run', () => {
    const state = followerOf({ rulesOff: [] });
    receive(state, 2, requestVote({ candidateId: 2, transfer: true }));
    expect(state).toMatchObject({ term: 2, votedFor: 2 });
  });

  it('and for no other', () => {
    const state = followerOf({ rulesOff: [] });
    receive(state, 2, requestVote({ candidateId: 2 }));
    expect(state).toMatchObject({ term: 1, votedFor: null });
  });

  it('the leader itself gives up its office for it', () => {
    const state = leaderOf();
    state.rulesOff = [];
    receive(state, 2, requestVote({ term: 3, candidateId: 2, lastLogIndex: 1, lastLogTerm: 2 }));
    expect(state.role.name).toBe('leader');
    receive(state, 2, requestVote({ term: 3, candidateId: 2, lastLogIndex: 1, lastLogTerm: 2, transfer: true }));
    expect(state).toMatchObject({ term: 3, votedFor: 2, role: { name: 'follower' } });
  });

  it('a candidate that loses asks for pre-votes before it runs again', () => {
    const state = followerOf({ rulesOff: [] });
    receive(state, 1, timeoutNow(1));
    persistAll(state);
    const effects = step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(sent(effects, 'request-vote')).toEqual([]);
    expect(sent(effects, 'pre-vote')).toHaveLength(2);
  });
});
