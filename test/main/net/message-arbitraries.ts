/**
 * Arbitrary messages that a correct server could send, and one plain example of each kind.
 */
import * as fc from 'fast-check';
import { limits } from '../../../shared/cluster-config.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import type { MessageKind, RaftMessage } from '../../../shared/raft-message.ts';
import type { FailureCode } from '../../../shared/result.ts';

const round = fc.maxSafeNat();
const index = fc.oneof(fc.nat(300), fc.maxSafeNat());
const term = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: limits.termMax }));
const payload = fc.uint8Array({ maxLength: 300 });
const expectation = fc.record({ prevLogIndex: index, prevLogTerm: fc.maxSafeNat() });

const failureCodes: readonly FailureCode[] = [
  'no-leader',
  'timed-out',
  'conflict',
  'too-large',
  'overloaded',
  'invalid',
  'not-running',
  'leadership-lost',
  'unusable',
  'internal',
];

type DraftEntry = Pick<LogEntry, 'kind' | 'payload' | 'expect' | 'continues'>;

const draftEntry: fc.Arbitrary<DraftEntry> = fc.oneof(
  fc.record({ kind: fc.constant('noop' as const), payload: fc.constant(new Uint8Array(0)) }),
  fc.record(
    { kind: fc.constant('client' as const), payload, expect: expectation, continues: fc.constant(true) },
    { requiredKeys: ['kind', 'payload'] },
  ),
);

/** The place of a log's last entry: (0, 0), or an index with a term up to `termMax`. */
const place = (termMax: number): fc.Arbitrary<{ index: number; term: number }> =>
  fc.oneof(
    fc.constant({ index: 0, term: 0 }),
    fc.record({
      index: fc.integer({ min: 1, max: limits.indexMax - limits.appendEntriesCountMax }),
      term: fc.integer({ min: 1, max: termMax }),
    }),
  );

function voteCall(candidateId: NodeId): fc.Arbitrary<RaftMessage> {
  return term.chain((term) =>
    fc
      .record({ kind: fc.constantFrom('request-vote', 'pre-vote'), round, last: place(term) })
      .map(({ kind, round, last }) => ({
        kind,
        term,
        round,
        candidateId,
        lastLogIndex: last.index,
        lastLogTerm: last.term,
      })),
  );
}

function appendEntries(leaderId: NodeId): fc.Arbitrary<RaftMessage> {
  return term.chain((term) =>
    fc
      .record({ round, previous: place(term), leaderCommit: index, drafts: fc.array(draftEntry, { maxLength: 20 }) })
      .map(({ round, previous, leaderCommit, drafts }) => ({
        kind: 'append-entries' as const,
        term,
        round,
        leaderId,
        prevLogIndex: previous.index,
        prevLogTerm: previous.term,
        leaderCommit,
        // The first half is of the oldest term that may stand there, the second of the leader's own.
        entries: drafts.map((draft, place) => ({
          ...draft,
          index: previous.index + 1 + place,
          term: place * 2 < drafts.length ? Math.max(1, previous.term) : term,
        })),
      })),
  );
}

const appended = fc
  .record({ firstIndex: fc.integer({ min: 1, max: 2 ** 40 }), count: fc.nat(300), term })
  .map(({ firstIndex, count, term }) => ({
    kind: 'append' as const,
    firstIndex,
    lastIndex: firstIndex + count,
    term,
  }));
const failure = fc.record(
  {
    code: fc.constantFrom(...failureCodes),
    message: fc.string({ unit: 'grapheme', maxLength: 100 }),
    lastClientEntry: fc.record({ index, term: fc.maxSafeNat() }),
  },
  { requiredKeys: ['code', 'message'] },
);

/** Any message that `sender` could send. */
export function arbitraryMessage(sender: NodeId): fc.Arbitrary<RaftMessage> {
  return fc.oneof<fc.Arbitrary<RaftMessage>[]>(
    voteCall(sender),
    fc.record({
      kind: fc.constantFrom('request-vote-reply', 'pre-vote-reply'),
      term,
      round,
      voteGranted: fc.boolean(),
    }),
    appendEntries(sender),
    fc.record({
      kind: fc.constant('append-entries-reply' as const),
      term,
      round,
      success: fc.boolean(),
      matchIndex: index,
      conflictTerm: fc.maxSafeNat(),
      conflictIndex: index,
    }),
    fc.record({ kind: fc.constant('read-index' as const), term, round }),
    fc.record({ kind: fc.constant('read-index-reply' as const), term, round, success: fc.boolean(), readIndex: index }),
    fc.record(
      {
        kind: fc.constant('forward-append' as const),
        term,
        round,
        entries: fc.array(payload, { minLength: 1, maxLength: 20 }),
        expect: expectation,
      },
      { requiredKeys: ['kind', 'term', 'round', 'entries'] },
    ),
    fc.record({ kind: fc.constant('forward-append-reply' as const), round, answer: appended }),
    fc.record({ kind: fc.constant('forward-append-reply' as const), round, failure }),
  );
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One of each kind, as node `sender` sends it. */
export function exampleMessages(sender: NodeId): Readonly<Record<MessageKind, RaftMessage>> {
  return {
    'request-vote': { kind: 'request-vote', term: 5, round: 1, candidateId: sender, lastLogIndex: 12, lastLogTerm: 4 },
    'pre-vote': { kind: 'pre-vote', term: 5, round: 1, candidateId: sender, lastLogIndex: 12, lastLogTerm: 4 },
    'pre-vote-reply': { kind: 'pre-vote-reply', term: 5, round: 1, voteGranted: true },
    'request-vote-reply': { kind: 'request-vote-reply', term: 5, round: 1, voteGranted: true },
    'append-entries': {
      kind: 'append-entries',
      term: 5,
      round: 2,
      leaderId: sender,
      prevLogIndex: 12,
      prevLogTerm: 4,
      leaderCommit: 12,
      entries: [
        { index: 13, term: 5, kind: 'noop', payload: new Uint8Array(0) },
        { index: 14, term: 5, kind: 'client', payload: bytes('foo'), expect: { prevLogIndex: 12, prevLogTerm: 4 } },
        { index: 15, term: 5, kind: 'client', payload: bytes('bar'), continues: true },
      ],
    },
    'append-entries-reply': {
      kind: 'append-entries-reply',
      term: 5,
      round: 2,
      success: false,
      matchIndex: 0,
      conflictTerm: 3,
      conflictIndex: 9,
    },
    'read-index': { kind: 'read-index', term: 5, round: 3 },
    'read-index-reply': { kind: 'read-index-reply', term: 5, round: 3, success: true, readIndex: 14 },
    'forward-append': {
      kind: 'forward-append',
      term: 5,
      round: 4,
      entries: [bytes('foo'), bytes('bar')],
      expect: { prevLogIndex: 0, prevLogTerm: 0 },
    },
    'forward-append-reply': {
      kind: 'forward-append-reply',
      round: 4,
      failure: { code: 'conflict', message: 'Another entry stands there.', lastClientEntry: { index: 14, term: 5 } },
    },
  };
}
