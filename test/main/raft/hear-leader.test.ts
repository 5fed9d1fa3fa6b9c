import { describe, expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import { hearLeader, isDiskStuck } from '../../../main/raft/hear-leader.ts';
import { beginStep } from '../../../main/raft/step-context.ts';
import { step } from '../../../main/raft/step.ts';
import {
  appendEntries,
  asFollower,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  logOf,
  receive,
  stateOf,
} from '../../support/core-messages.ts';

const millisecond = 1_000_000;

describe('word of a leader', () => {
  it('makes it known, and puts the election off', () => {
    const state = stateOf();
    const context = beginStep(state, 70 * millisecond);
    hearLeader(context, 2);
    expect(asFollower(state).leaderId).toBe(2);
    expect(state).toMatchObject({ leaderHeardNs: 70 * millisecond, lastHeardNs: 70 * millisecond });
    expect(state.electionDeadlineNs).toBe(70 * millisecond + state.electionTimeoutNs);
    expect(eventsOf(context.effects, 'leader-known')).toEqual([{ type: 'leader-known', leaderId: 2, term: 1 }]);
  });

  it('is not announced again by the same leader', () => {
    const context = beginStep(followerOf(), 0);
    hearLeader(context, 1);
    expect(context.effects.events).toEqual([]);
  });

  it('ends a candidacy, and the question before one', () => {
    const candidate = candidateOf();
    hearLeader(beginStep(candidate, 0), 1);
    expect(asFollower(candidate)).toMatchObject({ leaderId: 1, preVote: null });
    const asking = stateOf({ rulesOff: [] });
    step(asking, { type: 'deadline-passed' }, asking.electionDeadlineNs);
    expect(asFollower(asking).preVote).not.toBe(null);
    hearLeader(beginStep(asking, asking.electionDeadlineNs), 1);
    expect(asFollower(asking).preVote).toBe(null);
  });

  it('in a term that this server leads breaks a promise: it stops, or says so while a rule is off', () => {
    const state = leaderOf();
    state.rulesOff = [];
    expect(() => hearLeader(beginStep(state, 0), 1)).toThrow(AssertionError);
    state.rulesOff = ['one-vote-per-term'];
    const context = beginStep(state, 0);
    hearLeader(context, 1);
    expect(eventsOf(context.effects, 'promise-broken')).toMatchObject([{ promise: 'one leader in a term' }]);
    expect(asFollower(state).leaderId).toBe(1);
  });
});

describe('while the disk does not answer', () => {
  it('the leader is heard, and nothing is taken in or answered', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1]) }), 0);
    const lateNs = 650 * millisecond;
    const call = appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: logOf([1], 2) });
    const effects = receive(state, 1, call, lateNs);
    expect(effects).toMatchObject({ persist: undefined, sends: [] });
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([
      { kind: 'append-entries', reason: 'my disk has not answered for 650 ms' },
    ]);
    expect(state).toMatchObject({ leaderHeardNs: lateNs, log: { lastIndex: 1 } });
    step(state, { type: 'persisted', write: state.lastWrite }, lateNs);
    expect(isDiskStuck(beginStep(state, lateNs), 1, call)).toBe(false);
    expect(receive(state, 1, call, lateNs).sends).toHaveLength(1);
  });
});
