import { describe, expect, it } from 'vitest';
import { describeNonsense } from '../../../main/net/message-sense.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import type { AppendEntries, InstallSnapshot, RequestVote } from '../../../shared/raft-message.ts';

const vote: RequestVote = {
  kind: 'request-vote',
  term: 5,
  round: 1,
  candidateId: 0,
  lastLogIndex: 9,
  lastLogTerm: 4,
  transfer: false,
};
const append: AppendEntries = {
  kind: 'append-entries',
  term: 5,
  round: 1,
  leaderId: 0,
  prevLogIndex: 9,
  prevLogTerm: 3,
  leaderCommit: 9,
  entries: [],
};

const snapshot: InstallSnapshot = {
  kind: 'install-snapshot',
  term: 5,
  round: 1,
  leaderId: 0,
  lastIncludedIndex: 9,
  lastIncludedTerm: 5,
  configuration: votersOnly([0]),
  configurationIndex: 0,
  offset: 0,
  totalBytes: 10,
  data: new Uint8Array(10),
};

const entriesOfTerms = (...terms: number[]): LogEntry[] =>
  terms.map((term, place) => ({ index: 10 + place, term, kind: 'client', payload: new Uint8Array(0) }));

describe('describeNonsense', () => {
  it('finds nothing wrong with what a correct server sends', () => {
    expect(describeNonsense(vote, 4)).toBeUndefined();
    expect(describeNonsense({ ...vote, lastLogIndex: 0, lastLogTerm: 0 }, 4)).toBeUndefined();
    expect(describeNonsense({ ...append, entries: entriesOfTerms(3, 3, 4, 5) }, 5)).toBeUndefined();
    expect(describeNonsense(snapshot, 5)).toBeUndefined();
    expect(describeNonsense({ kind: 'timeout-now', term: 5, round: 1 }, 5)).toBeUndefined();
  });

  it.each([
    ['a vote in term 0', { ...vote, term: 0, lastLogIndex: 0, lastLogTerm: 0 }, 'first term is 1'],
    ['a log newer than its owner', { ...vote, lastLogTerm: 6 }, 'of term 6'],
    ['a snapshot from the future', { ...snapshot, lastIncludedTerm: 6 }, 'snapshot is of term 6'],
    ['a snapshot of nobody', { ...snapshot, term: 0 }, 'leads in term 0'],
    ['an office handed over by nobody', { kind: 'timeout-now', term: 0, round: 1 } as const, 'leads in term 0'],
    ['an index without a term', { ...vote, lastLogTerm: 0 }, 'both are 0 or none'],
    ['a term without an index', { ...append, prevLogIndex: 0 }, 'both are 0 or none'],
    ['terms that fall', { ...append, entries: entriesOfTerms(4, 3) }, 'Entry 11 has term 3'],
    ['a term below the previous entry', { ...append, entries: entriesOfTerms(2) }, 'Entry 10 has term 2'],
    ['an entry from the future', { ...append, entries: entriesOfTerms(5, 6) }, 'entry of term 6'],
  ])('finds %s', (_what, message, reason) => {
    expect(describeNonsense(message, undefined)).toContain(reason);
  });

  it('refuses a jump of the term only when the own term is known', () => {
    const far = { kind: 'timeout-now', term: 7 + limits.termJumpMax, round: 1 } as const;
    expect(describeNonsense(far, 7)).toBeUndefined();
    expect(describeNonsense(far, 6)).toContain(`more than ${limits.termJumpMax} above`);
    expect(describeNonsense(far, undefined)).toBeUndefined();
  });
});
