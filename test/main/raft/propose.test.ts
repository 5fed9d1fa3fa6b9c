import { describe, expect, it } from 'vitest';
import { AssertionError } from '../../../shared/assert.ts';
import type { EntryDraft } from '../../../shared/log-entry.ts';
import type { Proposal } from '../../../main/raft/contract.ts';
import { step } from '../../../main/raft/step.ts';
import {
  accepted,
  candidateOf,
  eventsOf,
  followerOf,
  leaderOf,
  receive,
  sent,
  stateOf,
} from '../../support/core-messages.ts';

const drafts = (count: number): EntryDraft[] =>
  Array.from({ length: count }, (_, number) => ({ kind: 'client', payload: new Uint8Array([number]) }));

const proposals: readonly Proposal[] = [
  { ticket: 7, entries: drafts(2) },
  { ticket: 8, entries: drafts(1) },
];

describe('a proposal', () => {
  it('to the leader gets its place in the log, but is not committed yet', () => {
    const state = leaderOf({ log: [1] });
    const effects = step(state, { type: 'propose', proposals }, 0);
    expect(effects.proposals).toEqual([
      { ticket: 7, kind: 'appended', firstIndex: 3, lastIndex: 4, term: 2 },
      { ticket: 8, kind: 'appended', firstIndex: 5, lastIndex: 5, term: 2 },
    ]);
    expect(effects.apply).toBeUndefined();
    expect(state.commitIndex).toBe(0);
  });

  it('shares one write and one message with the others of its turn', () => {
    const state = leaderOf();
    receive(state, 1, accepted({ matchIndex: 1 }));
    const effects = step(state, { type: 'propose', proposals }, 0);
    expect(effects.persist?.entries?.map(({ index, term, payload }) => [index, term, payload[0]])).toEqual([
      [2, 2, 0],
      [3, 2, 1],
      [4, 2, 0],
    ]);
    expect(sent(effects, 'append-entries')).toMatchObject([{ to: 1, message: { prevLogIndex: 1, entryCount: 3 } }]);
    expect(eventsOf(effects, 'entries-appended')).toMatchObject([
      { firstIndex: 2, lastIndex: 4, reason: 'from 2 requests' },
    ]);
  });

  it('is sent before the leader has it on its own disk (dissertation §10.2.1)', () => {
    const state = leaderOf();
    receive(state, 1, accepted({ matchIndex: 1 }));
    expect(sent(step(state, { type: 'propose', proposals }, 0), 'append-entries')[0]?.after).toBe(0);
    expect(state.persistedIndex).toBe(1);
  });

  it.each([
    ['a follower', followerOf, 1],
    ['a follower that knows no leader', stateOf, null],
    ['a candidate', candidateOf, null],
  ])('to %s changes nothing, and is told who leads', (_who, make, leaderId) => {
    const state = make();
    const before = structuredClone(state);
    const effects = step(state, { type: 'propose', proposals }, 0);
    expect(effects.proposals).toEqual([7, 8].map((ticket) => ({ ticket, kind: 'not-leader', leaderId })));
    expect(state).toEqual(before);
  });

  it('without entries is a mistake of the host: no write would ever carry it', () => {
    expect(() => step(leaderOf(), { type: 'propose', proposals: [{ ticket: 1, entries: [] }] }, 0)).toThrow(
      AssertionError,
    );
  });
});
