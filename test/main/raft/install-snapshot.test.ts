import { describe, expect, it } from 'vitest';
import { votersOnly } from '../../../shared/configuration.ts';
import { termAt } from '../../../main/raft/log-shape.ts';
import { configurationOf, type RaftState } from '../../../main/raft/state.ts';
import { step } from '../../../main/raft/step.ts';
import {
  appendEntries,
  asFollower,
  eventsOf,
  followerOf,
  installSnapshot,
  logOf,
  persistAll,
  receive,
  sent,
  stateOf,
  vote,
} from '../../support/core-messages.ts';

/** Chunk number `position` of three, four bytes each. */
function chunk(position: number, fields: Parameters<typeof installSnapshot>[0] = {}) {
  return installSnapshot({ round: position + 1, offset: 4 * position, totalBytes: 12, ...fields });
}

function replyTo(state: RaftState, message: ReturnType<typeof chunk>, from = 1) {
  const effects = receive(state, from, message);
  return { effects, reply: sent(effects, 'install-snapshot-reply')[0]?.message };
}

describe('a snapshot in chunks', () => {
  it('is staged chunk by chunk, and installed with the last', () => {
    const state = followerOf({ log: [1, 1] });
    for (const position of [0, 1]) {
      const { effects, reply } = replyTo(state, chunk(position));
      expect(effects.chunk).toMatchObject({ lastIncludedIndex: 10, lastIncludedTerm: 1, offset: 4 * position });
      expect(effects).toMatchObject({ persist: undefined, restore: undefined });
      expect(reply).toMatchObject({ round: position + 1, nextOffset: 4 * (position + 1), installed: false });
    }
    const effects = receive(state, 1, chunk(2));
    expect(effects.persist?.installSnapshot).toMatchObject({ lastIncludedIndex: 10, totalBytes: 12 });
    expect(effects.restore).toEqual(effects.persist?.installSnapshot);
    expect(effects.apply).toBeUndefined();
    const [answer] = sent(effects, 'install-snapshot-reply');
    expect(answer).toMatchObject({ after: state.lastWrite, message: { nextOffset: 12, installed: true } });
    expect(state.log).toEqual({ base: { index: 10, term: 1 }, runs: [], lastIndex: 10, sizes: [] });
    expect(state).toMatchObject({ commitIndex: 10, incoming: null, snapshot: { lastIncludedIndex: 10 } });
  });

  it.each([
    ['a chunk that is repeated', [0, 1, 1], 8],
    ['the first one again', [0, 1, 0], 8],
    ['one that overtook another', [0, 2], 4],
    ['one in the middle of nothing', [1], 0],
  ])('%s is not staged again, and the answer says where to go on', (_what, positions, nextOffset) => {
    const state = followerOf();
    const answers = positions.map((position) => replyTo(state, chunk(position)));
    const last = answers.at(-1);
    expect(last?.effects.chunk).toBeUndefined();
    expect(last?.reply).toMatchObject({ nextOffset, installed: false });
  });

  it('one that reaches behind its own end is none', () => {
    const state = followerOf();
    const { effects, reply } = replyTo(state, chunk(0, { data: new Uint8Array(13) }));
    expect(effects.chunk).toBeUndefined();
    expect(reply?.nextOffset).toBe(0);
    expect(state.incoming).toBe(null);
  });

  it('goes on from another leader of a later term: equal snapshots are equal to the byte', () => {
    const state = followerOf();
    replyTo(state, chunk(0));
    const { reply } = replyTo(state, chunk(1, { term: 2, leaderId: 2 }), 2);
    expect(reply).toMatchObject({ term: 2, nextOffset: 8 });
    expect(replyTo(state, chunk(2, { term: 2, leaderId: 2 }), 2).reply?.installed).toBe(true);
  });

  it('begins anew when another one comes in between, and says what is given up', () => {
    const state = followerOf();
    replyTo(state, chunk(0));
    const other = chunk(0, { lastIncludedIndex: 20 });
    const { effects, reply } = replyTo(state, other);
    expect(effects.chunk).toMatchObject({ lastIncludedIndex: 20, offset: 0 });
    expect(reply).toMatchObject({ lastIncludedIndex: 20, nextOffset: 4 });
    expect(eventsOf(effects, 'snapshot-interrupted')).toMatchObject([
      { lastIncludedIndex: 10, receivedBytes: 4, totalBytes: 12 },
    ]);
    expect(replyTo(state, chunk(1)).reply).toMatchObject({ lastIncludedIndex: 10, nextOffset: 0 });
  });

  it('is lost with a restart: it begins at the first byte', () => {
    const before = followerOf();
    replyTo(before, chunk(0));
    const state = followerOf({ boot: 2 });
    expect(replyTo(state, chunk(1)).reply?.nextOffset).toBe(0);
  });
});

describe('a log that covers the snapshot', () => {
  it('keeps what stands behind it, and learns what is committed (Figure 13, 6)', () => {
    const state = followerOf({ log: [1, 1, 1] });
    const effects = receive(state, 1, installSnapshot({ lastIncludedIndex: 2 }));
    expect(effects).toMatchObject({ chunk: undefined, persist: undefined, apply: { from: 1, to: 2 } });
    expect(sent(effects, 'install-snapshot-reply')).toMatchObject([{ message: { installed: true, nextOffset: 4 } }]);
    expect(state.log.lastIndex).toBe(3);
  });

  it('answers so only when what it covers is on disk', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1]) }));
    const [answer] = sent(receive(state, 1, installSnapshot({ lastIncludedIndex: 2 })), 'install-snapshot-reply');
    expect(answer?.after).toBe(state.lastWrite);
    expect(answer?.after).toBeGreaterThan(state.persistedWrite);
  });

  it('forgets what it has received of it meanwhile', () => {
    const state = followerOf();
    replyTo(state, chunk(0, { lastIncludedIndex: 2 }));
    receive(state, 1, appendEntries({ entries: logOf([1, 1]) }));
    replyTo(state, chunk(1, { lastIncludedIndex: 2 }));
    expect(state.incoming).toBe(null);
  });

  it('an old snapshot never takes back what is committed', () => {
    const state = followerOf({ log: [1, 1, 1, 1] });
    receive(state, 1, appendEntries({ prevLogIndex: 4, prevLogTerm: 1, leaderCommit: 4 }));
    const effects = receive(state, 1, installSnapshot({ lastIncludedIndex: 3 }));
    expect(effects).toMatchObject({ persist: undefined, restore: undefined, apply: undefined });
    expect(state).toMatchObject({ commitIndex: 4, log: { lastIndex: 4, base: { index: 0 } } });
  });

  it('one with another term there is replaced as a whole', () => {
    const state = followerOf({ log: [1, 1, 1, 1], term: 3 });
    receive(state, 1, installSnapshot({ term: 3, lastIncludedIndex: 2, lastIncludedTerm: 2 }));
    expect(state.log).toEqual({ base: { index: 2, term: 2 }, runs: [], lastIndex: 2, sizes: [] });
  });
});

describe('behind an installed snapshot', () => {
  function installed(): RaftState {
    const state = followerOf({ log: [1, 1] });
    const configuration = { ...votersOnly([0, 1]), learners: votersOnly([5]).voters };
    receive(state, 1, installSnapshot({ configuration, configurationIndex: 7 }));
    return state;
  }

  it('its configuration is in force, and no other', () => {
    const state = installed();
    expect(configurationOf(state).learners).toEqual([{ id: 5, storage: 0 }]);
    expect(state.configurations).toHaveLength(1);
    expect(state.configurations[0]?.index).toBe(7);
  });

  it('nothing counts as durable until its write is, however late older writes complete', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1, 1, 1]) }));
    const older = state.lastWrite;
    receive(state, 1, installSnapshot());
    expect(state.persistedIndex).toBe(0);
    step(state, { type: 'persisted', write: older }, 0);
    expect(state.persistedIndex).toBe(0);
    persistAll(state);
    expect(state.persistedIndex).toBe(10);
  });

  it('entries follow it', () => {
    const state = installed();
    const entries = logOf([1, 1], 11);
    const effects = receive(state, 1, appendEntries({ prevLogIndex: 10, prevLogTerm: 1, leaderCommit: 11, entries }));
    expect(effects).toMatchObject({ persist: { entries }, apply: { from: 11, to: 11 } });
    expect(termAt(state.log, 12)).toBe(1);
  });

  it('AppendEntries that reaches before it brings only what is new', () => {
    const state = installed();
    const entries = logOf([1, 1, 1, 1, 1], 8);
    const effects = receive(state, 1, appendEntries({ prevLogIndex: 7, prevLogTerm: 1, entries }));
    expect(effects.persist?.entries?.map(({ index }) => index)).toEqual([11, 12]);
    expect(sent(effects, 'append-entries-reply')).toMatchObject([{ message: { success: true, matchIndex: 12 } }]);
  });

  it('AppendEntries that ends before it is acknowledged up to the snapshot', () => {
    const state = installed();
    const effects = receive(state, 1, appendEntries({ prevLogIndex: 3, prevLogTerm: 1, entries: logOf([1], 4) }));
    expect(effects.persist).toBeUndefined();
    expect(sent(effects, 'append-entries-reply')).toMatchObject([{ message: { success: true, matchIndex: 10 } }]);
  });
});

describe('a chunk as a message of a leader', () => {
  it('of an earlier term is refused (Figure 13, 1)', () => {
    const state = followerOf({ term: 4 });
    const { effects, reply } = replyTo(state, installSnapshot({ term: 3 }));
    expect(reply).toMatchObject({ term: 4, nextOffset: 0, installed: false });
    expect(effects.persist).toBeUndefined();
    expect(eventsOf(effects, 'message-ignored')).toMatchObject([{ rule: 'stale-term' }]);
  });

  it('is word of it: the election timer begins anew, and the leader is known', () => {
    const state = stateOf();
    receive(state, 2, chunk(0), 90_000_000);
    expect(asFollower(state).leaderId).toBe(2);
    expect(state).toMatchObject({ leaderHeardNs: 90_000_000, lastHeardNs: 90_000_000 });
    expect(state.electionDeadlineNs).toBe(90_000_000 + state.electionTimeoutNs);
  });

  it('a candidate that hears it follows', () => {
    const state = stateOf();
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    receive(state, 2, chunk(0, { term: 2, leaderId: 2 }));
    expect(asFollower(state).leaderId).toBe(2);
  });

  it('a server that is elected forgets what it was being sent', () => {
    const state = followerOf();
    receive(state, 1, chunk(0));
    step(state, { type: 'deadline-passed' }, state.electionDeadlineNs);
    expect(state.incoming).not.toBe(null);
    persistAll(state);
    const round = state.role.name === 'candidate' ? state.role.round : 0;
    receive(state, 2, vote({ term: 2, round }));
    expect(state).toMatchObject({ incoming: null, role: { name: 'leader' } });
  });

  it('gets no answer from a server whose disk is stuck', () => {
    const state = followerOf();
    receive(state, 1, appendEntries({ entries: logOf([1]) }), 0);
    const effects = receive(state, 1, chunk(0), 600_000_000);
    expect(effects).toMatchObject({ chunk: undefined, sends: [] });
  });
});
