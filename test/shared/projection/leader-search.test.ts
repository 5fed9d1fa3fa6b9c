import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../shared/event.ts';
import { noSearch, projectSearch, type LeaderSearch } from '../../../shared/projection/leader-search.ts';
import { stamped } from '../../support/log-lines.ts';

function after(...events: readonly EventBody[]): LeaderSearch {
  return events.map((body) => stamped(body)).reduce(projectSearch, noSearch);
}

const preVote: EventBody = {
  type: 'pre-vote-started',
  term: 5,
  votersNeeded: 2,
  reason: 'no leader was heard',
  rule: 'pre-vote',
};
const withheld: EventBody = {
  type: 'election-withheld',
  term: 5,
  reason: 'my disk does not answer',
  rule: 'step-down-on-stuck-disk',
};

describe('a search for a leader', () => {
  it('counts who would vote, and who would not', () => {
    const count = { type: 'pre-vote-counted', term: 5, votersNeeded: 2 } as const;
    const search = after(
      preVote,
      { ...count, from: 0, granted: true, votes: [0] },
      { ...count, from: 2, granted: false, votes: [0] },
    );
    expect(search.campaign).toEqual({
      kind: 'pre-vote',
      term: 5,
      votes: [0],
      votersNeeded: 2,
      refusedBy: [2],
    });
  });

  it('begins anew with the votes themselves', () => {
    const search = after(
      preVote,
      { type: 'pre-vote-counted', term: 5, votersNeeded: 2, from: 2, granted: false, votes: [0] },
      { type: 'election-started', term: 5, votersNeeded: 2, reason: '' },
      { type: 'vote-counted', term: 5, votersNeeded: 2, from: 1, granted: true, votes: [0, 1] },
    );
    expect(search.campaign).toEqual({ kind: 'vote', term: 5, votes: [0, 1], votersNeeded: 2, refusedBy: [] });
  });

  it('keeps the latest refusal to each candidate, with its rule', () => {
    const search = after(
      { type: 'vote-refused', candidateId: 1, term: 4, reason: 'I voted for 2', rule: 'one-vote-per-term' },
      {
        type: 'pre-vote-answered',
        candidateId: 1,
        term: 5,
        granted: false,
        reason: 'its log is behind',
        rule: 'up-to-date-vote',
      },
      { type: 'message-ignored', from: 2, kind: 'request-vote', term: 9, reason: 'I hear a leader' },
      { type: 'message-ignored', from: 2, kind: 'append-entries', term: 9, reason: 'of no interest' },
      { type: 'pre-vote-answered', candidateId: 3, term: 5, granted: true, reason: '' },
    );
    expect(search.refusals).toEqual([
      { candidateId: 1, term: 5, reason: 'its log is behind', rule: 'up-to-date-vote' },
      { candidateId: 2, term: 9, reason: 'I hear a leader' },
    ]);
  });

  it('knows why nobody runs here, until somebody does', () => {
    expect(after(withheld).withheld).toMatchObject({ term: 5, rule: 'step-down-on-stuck-disk' });
    expect(after(withheld, preVote).withheld).toBeNull();
  });

  it('remembers that an office was given up, and is over with the next leader', () => {
    const left = {
      type: 'role-changed',
      from: 'leader',
      to: 'follower',
      term: 5,
      reason: 'nobody answers',
      rule: 'check-quorum',
    } as const;
    expect(after(preVote, left)).toEqual({
      ...noSearch,
      leftOffice: { term: 5, reason: 'nobody answers', rule: 'check-quorum' },
    });
    expect(after(left, { type: 'leader-known', leaderId: 1, term: 6 })).toBe(noSearch);
    expect(after(left, { type: 'role-changed', from: 'candidate', to: 'leader', term: 6, reason: '' })).toBe(noSearch);
  });

  it('is the very same object when nothing changed', () => {
    expect(after({ type: 'entries-applied', from: 1, to: 2, digest: 0 })).toBe(noSearch);
    expect(after({ type: 'leader-known', leaderId: 1, term: 1 })).toBe(noSearch);
  });
});
