import { describe, expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import { describeSnapshot, isSendingSnapshot } from '../../../main/raft/compaction.ts';
import { termAt } from '../../../main/raft/log-shape.ts';
import { configurationOf, type RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import {
  appendEntries,
  eventsOf,
  followerOf,
  installSnapshot,
  leaderOf,
  logOf,
  receive,
  refused,
  stateOf,
} from '../../support/core-messages.ts';

const millisecond = 1_000_000;
const smaller = votersOnly([0, 1]);
const larger = votersOnly([0, 1, 2, 3]);

/** Terms 1, 1, 2, 2, 3; entry 2 and entry 4 brought configurations; `commitIndex` of them are committed. */
function follower(commitIndex: number): RaftState {
  const configurations = [
    { index: 2, configuration: smaller },
    { index: 4, configuration: larger },
  ];
  const state = followerOf({ log: [1, 1, 2, 2, 3], configurations });
  receive(state, 1, appendEntries({ term: 3, prevLogIndex: 5, prevLogTerm: 3, leaderCommit: commitIndex }));
  return state;
}

function persisted(state: RaftState, index: number) {
  return step(state, { type: 'snapshot-persisted', snapshot: describeSnapshot(state, index, 100) }, 0);
}

describe('what a snapshot says of the log', () => {
  it('the last entry that it covers, and the configuration that was in force there', () => {
    const state = follower(5);
    expect(describeSnapshot(state, 3, 77)).toEqual({
      lastIncludedIndex: 3,
      lastIncludedTerm: 2,
      configuration: smaller,
      configurationIndex: 2,
      totalBytes: 77,
    });
    expect(describeSnapshot(state, 1, 0)).toMatchObject({
      configurationIndex: 0,
      configuration: votersOnly([0, 1, 2]),
    });
    expect(describeSnapshot(state, 4, 0)).toMatchObject({ configurationIndex: 4, configuration: larger });
  });

  it('nothing that is not committed', () => {
    expect(() => describeSnapshot(follower(3), 4, 0)).toThrow(AssertionError);
  });
});

describe('a snapshot that is on disk', () => {
  it('takes the place of the entries that it covers', () => {
    const state = follower(5);
    const effects = persisted(state, 3);
    expect(effects).toMatchObject({ compactTo: 3, persist: undefined, sends: [] });
    expect(eventsOf(effects, 'log-compacted')).toMatchObject([{ firstIndex: 1, lastIncludedIndex: 3 }]);
    expect(state.snapshot?.lastIncludedIndex).toBe(3);
    expect([2, 3, 4, 5].map((index) => termAt(state.log, index))).toEqual([undefined, 2, 2, 3]);
  });

  it('keeps the configurations from the one in force at its end on', () => {
    const state = follower(5);
    persisted(state, 3);
    expect(state.configurations.map(({ index }) => index)).toEqual([2, 4]);
    expect(configurationOf(state)).toEqual(larger);
    persisted(state, 5);
    expect(state.configurations.map(({ index }) => index)).toEqual([4]);
    expect(configurationOf(state)).toEqual(larger);
  });

  it('may cover the whole log', () => {
    const state = follower(5);
    expect(persisted(state, 5).compactTo).toBe(5);
    expect(state.log).toEqual({ base: { index: 5, term: 3 }, runs: [], lastIndex: 5, sizes: [] });
  });

  it("that another leader's has overtaken changes nothing", () => {
    const state = follower(2);
    const own = describeSnapshot(state, 2, 100);
    receive(state, 1, installSnapshot({ term: 3, lastIncludedTerm: 3 }));
    const effects = step(state, { type: 'snapshot-persisted', snapshot: own }, 0);
    expect(effects).toMatchObject({ compactTo: 0, events: [] });
    expect(state).toMatchObject({ snapshot: { lastIncludedIndex: 10 }, log: { base: { index: 10 } } });
  });

  it('and reported twice compacts once', () => {
    const state = follower(5);
    const snapshot = describeSnapshot(state, 4, 100);
    expect(step(state, { type: 'snapshot-persisted', snapshot }, 0).compactTo).toBe(4);
    expect(step(state, { type: 'snapshot-persisted', snapshot }, 0).compactTo).toBe(0);
  });

  it('of what is not committed is a broken promise', () => {
    const state = follower(3);
    const snapshot = { ...describeSnapshot(state, 3, 100), lastIncludedIndex: 4 };
    state.rulesOff = [];
    expect(() => step(state, { type: 'snapshot-persisted', snapshot }, 0)).toThrow(AssertionError);
  });

  it('of what was replaced since, with a rule off, shortens nothing', () => {
    const state = follower(5);
    state.rulesOff = ['own-term-commit'];
    const snapshot = describeSnapshot(state, 5, 100);
    const call = { term: 4, prevLogIndex: 4, prevLogTerm: 2, leaderCommit: 5 };
    receive(state, 1, appendEntries({ ...call, entries: logOf([4], 5) }));
    const effects = step(state, { type: 'snapshot-persisted', snapshot }, 0);
    expect(eventsOf(effects, 'promise-broken')).toHaveLength(1);
    expect(effects.compactTo).toBe(0);
    expect(state).toMatchObject({ snapshot: null, log: { base: { index: 0 } } });
  });

  it('a server that starts from it has committed what it covers', () => {
    const snapshot = describeSnapshot(follower(5), 4, 100);
    const state = stateOf({ compacted: { index: 4, term: 2 }, snapshot, log: [3] });
    expect(state).toMatchObject({ commitIndex: 4, persistedIndex: 5, log: { lastIndex: 5 } });
    expect(configurationOf(state)).toEqual(larger);
  });
});

describe('while a follower is being sent the snapshot', () => {
  const snapshot = describeSnapshot(follower(5), 5, 500);
  function leader(): RaftState {
    const state = leaderOf({ compacted: { index: 5, term: 3 }, snapshot, log: [3] });
    expect(isSendingSnapshot(state, 0)).toBe(false);
    receive(state, 1, refused({ term: state.term, round: state.nextRound - 1, conflictIndex: 1 }));
    return state;
  }

  it('another one would make it begin anew', () => {
    expect(isSendingSnapshot(leader(), millisecond)).toBe(true);
    expect(isSendingSnapshot(follower(5), millisecond)).toBe(false);
  });

  it('unless it has not answered for an election timeout', () => {
    expect(isSendingSnapshot(leader(), 300 * millisecond)).toBe(false);
  });
});
