import { describe, expect, it } from 'vitest';
import {
  asCandidate,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  persistAll,
  receive,
  requestVote,
  sent,
  someStorage,
  stateOf,
  vote,
} from '../../support/core-messages.ts';

describe('a server that is asked for its vote', () => {
  it('grants it to an up-to-date candidate, and answers when the vote is on disk (rule persist-before-reply)', () => {
    const state = stateOf({ log: [1] });
    const effects = receive(state, 1, requestVote({ term: 2, round: 7, lastLogIndex: 1, lastLogTerm: 1 }));
    expect(effects.persist).toEqual({ write: 1, hardState: { term: 2, votedFor: 1 } });
    const [reply] = sent(effects, 'request-vote-reply');
    expect(reply).toEqual({
      to: 1,
      after: 1,
      message: { kind: 'request-vote-reply', term: 2, round: 7, storage: someStorage, voteGranted: true },
    });
  });

  it('gives one vote a term (rule one-vote-per-term), and says who has it', () => {
    const state = stateOf();
    receive(state, 1, requestVote());
    const effects = receive(state, 2, requestVote({ candidateId: 2 }));
    expect(sent(effects, 'request-vote-reply')[0]?.message.voteGranted).toBe(false);
    expect(eventsOf(effects, 'vote-refused')).toMatchObject([
      { candidateId: 2, rule: 'one-vote-per-term', reason: 'I voted for node 1 in term 2' },
    ]);
    expect(state.votedFor).toBe(1);
  });

  it('says yes again to the one that has its vote, without another write', () => {
    const state = stateOf();
    receive(state, 1, requestVote());
    const again = receive(state, 1, requestVote({ round: 2 }));
    expect(sent(again, 'request-vote-reply')[0]?.message).toMatchObject({ voteGranted: true, round: 2 });
    expect(again.persist).toBeUndefined();
  });

  it('lets the repeated yes wait for the first write, which is still under way', () => {
    const state = stateOf();
    receive(state, 1, requestVote());
    expect(sent(receive(state, 1, requestVote()), 'request-vote-reply')[0]?.after).toBe(1);
    persistAll(state);
    expect(sent(receive(state, 1, requestVote()), 'request-vote-reply')[0]?.after).toBe(0);
  });

  it('has a new vote in a new term', () => {
    const state = stateOf();
    receive(state, 1, requestVote({ term: 2 }));
    const effects = receive(state, 2, requestVote({ term: 3, candidateId: 2 }));
    expect(sent(effects, 'request-vote-reply')[0]?.message.voteGranted).toBe(true);
  });

  it.each([
    ['a shorter log of the same last term', 2, 2],
    ['a longer log of an earlier last term', 9, 1],
    ['an empty log', 0, 0],
  ])('refuses a candidate with %s (rule up-to-date-vote), but adopts its term', (_what, lastLogIndex, lastLogTerm) => {
    const state = stateOf({ log: [1, 2, 2] });
    const effects = receive(state, 1, requestVote({ term: 5, lastLogIndex, lastLogTerm }));
    expect(sent(effects, 'request-vote-reply')[0]?.message).toMatchObject({ term: 5, voteGranted: false });
    expect(eventsOf(effects, 'vote-refused')).toMatchObject([{ rule: 'up-to-date-vote' }]);
    expect(state).toMatchObject({ term: 5, votedFor: null });
  });

  it('refuses a candidate of an older term and tells it the newer one', () => {
    const state = stateOf({ term: 4 });
    const effects = receive(state, 1, requestVote({ term: 3 }));
    expect(sent(effects, 'request-vote-reply')[0]?.message).toMatchObject({ term: 4, voteGranted: false });
    expect(state.votedFor).toBe(null);
  });

  it('waits a full timeout after a vote, but a refusal leaves its timer as it is', () => {
    const state = stateOf({ log: [1] });
    const deadline = state.electionDeadlineNs;
    receive(state, 1, requestVote({ term: 2 }), 100);
    expect(state.electionDeadlineNs).toBe(deadline);
    receive(state, 2, requestVote({ term: 2, candidateId: 2, lastLogIndex: 1, lastLogTerm: 1 }), 1_000);
    expect(state.electionDeadlineNs).toBe(1_000 + state.electionTimeoutNs);
  });

  it.each([
    ['candidate', candidateOf],
    ['leader', leaderOf],
  ])('a %s refuses its rival of the same term: it has voted for itself', (_role, make) => {
    const state = make();
    const effects = receive(state, 1, requestVote({ term: state.term, lastLogIndex: 99, lastLogTerm: state.term }));
    expect(sent(effects, 'request-vote-reply')[0]?.message.voteGranted).toBe(false);
    expect(eventsOf(effects, 'vote-refused')).toMatchObject([{ reason: `I voted for myself in term ${state.term}` }]);
  });

  it('keeps its vote when it becomes a follower within the term', () => {
    const state = candidateOf();
    receive(state, 2, {
      kind: 'append-entries',
      term: 2,
      round: 1,
      leaderId: 2,
      prevLogIndex: 0,
      prevLogTerm: 0,
      leaderCommit: 0,
      entries: [],
    });
    expect(state.role.name).toBe('follower');
    const effects = receive(state, 1, requestVote({ term: 2 }));
    expect(sent(effects, 'request-vote-reply')[0]?.message.voteGranted).toBe(false);
  });
});

describe('a candidate that counts', () => {
  it('takes office with 2 votes of 3, its own among them', () => {
    const state = candidateOf();
    const effects = receive(state, 2, vote({ round: asCandidate(state).round }));
    expect(state.role.name).toBe('leader');
    expect(eventsOf(effects, 'vote-counted')).toMatchObject([
      { from: 2, granted: true, votes: [0, 2], votersNeeded: 2 },
    ]);
  });

  it('needs 3 of 5', () => {
    const state = candidateOf({ voters: [0, 1, 2, 3, 4] });
    const { round } = asCandidate(state);
    receive(state, 1, vote({ round }));
    expect(state.role.name).toBe('candidate');
    receive(state, 3, vote({ round }));
    expect(state.role.name).toBe('leader');
  });

  it('counts each voter once, however often its answer arrives (rule distinct-voters)', () => {
    const state = candidateOf({ voters: [0, 1, 2, 3, 4] });
    const { round } = asCandidate(state);
    receive(state, 1, vote({ round }));
    const effects = receive(state, 1, vote({ round }));
    expect(state.role.name).toBe('candidate');
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([{ from: 1, rule: 'distinct-voters' }]);
  });

  it('does not count refusals', () => {
    const state = candidateOf();
    const { round } = asCandidate(state);
    receive(state, 1, vote({ round, voteGranted: false }));
    receive(state, 2, vote({ round, voteGranted: false }));
    expect(asCandidate(state).votes).toEqual([{ id: 0, storage: someStorage }]);
  });

  it('hears the no of one that did not adopt its term, and is told so', () => {
    const state = candidateOf();
    const { round } = asCandidate(state);
    const effects = receive(state, 1, vote({ term: 1, round, voteGranted: false }));
    expect(effects.events).toMatchObject([{ type: 'vote-counted', from: 1, granted: false, votes: [0] }]);
    const strange = receive(state, 2, vote({ term: 1, round }));
    expect(strange.events).toMatchObject([{ type: 'message-ignored', from: 2 }]);
  });

  it('does not count an answer to an earlier election, nor one of another life', () => {
    const state = candidateOf();
    const { round } = asCandidate(state);
    for (const wrong of [{ round: round - 1 }, { round: round - 4_294_967_296 }, { round, term: 1 }]) {
      const effects = receive(state, 1, vote(wrong));
      expect(eventsOf(effects, 'message-ignored')).toHaveLength(1);
    }
    expect(asCandidate(state).votes).toEqual([{ id: 0, storage: someStorage }]);
  });

  it('gives up at the sight of a higher term', () => {
    const state = candidateOf();
    receive(state, 1, vote({ term: 9, voteGranted: false }));
    expect(state).toMatchObject({ term: 9, votedFor: null, role: { name: 'follower' } });
  });

  it.each([
    ['follower', followerOf],
    ['leader', leaderOf],
  ])('a %s ignores a late vote', (_role, make) => {
    const state = make();
    const before = structuredClone(state);
    const effects = receive(state, 2, vote({ term: state.term, round: 1 }));
    expect(eventsOf(effects, 'message-ignored')).toHaveLength(1);
    expect(state).toEqual(before);
  });
});
