import { describe, expect, it } from 'vitest';
import { messageKinds } from '../../../main/net/message-kinds.ts';
import { summarizeMessage } from '../../../main/net/message-summary.ts';
import { exampleMessages } from './message-examples.ts';

const examples = exampleMessages(0);

describe('a summary', () => {
  it('says what a person wants to see of each kind', () => {
    expect(messageKinds.map((kind) => summarizeMessage(examples[kind]))).toEqual([
      { kind: 'request-vote', term: 5, round: 1, lastLogIndex: 12, lastLogTerm: 4 },
      { kind: 'request-vote-reply', term: 5, round: 1, success: true },
      { kind: 'append-entries', term: 5, round: 2, prevLogIndex: 12, prevLogTerm: 4, entryCount: 7, leaderCommit: 12 },
      { kind: 'append-entries-reply', term: 5, round: 2, success: false, matchIndex: 0 },
      { kind: 'read-index', term: 5, round: 3 },
      { kind: 'read-index-reply', term: 5, round: 3, success: true },
      { kind: 'forward-append', round: 4, term: 5, entryCount: 2 },
      { kind: 'forward-append-reply', round: 4, success: false },
      { kind: 'pre-vote', round: 1, term: 5, lastLogIndex: 12, lastLogTerm: 4 },
      { kind: 'pre-vote-reply', round: 1, term: 5, success: true },
      {
        kind: 'install-snapshot',
        round: 6,
        term: 5,
        lastIncludedIndex: 90,
        offset: 100,
        totalBytes: 1_000,
        byteCount: 5,
      },
      { kind: 'install-snapshot-reply', round: 6, term: 5, lastIncludedIndex: 90, offset: 105, success: false },
      { kind: 'timeout-now', round: 7, term: 5 },
      { kind: 'client-call', round: 8, requestCount: 8 },
      { kind: 'client-call-reply', round: 8, requestCount: 9 },
    ]);
  });

  it('of a forwarded append that was answered says success', () => {
    const answer = { kind: 'append', firstIndex: 1, lastIndex: 1, term: 1 } as const;
    expect(summarizeMessage({ kind: 'forward-append-reply', round: 4, answer })).toMatchObject({ success: true });
  });
});
