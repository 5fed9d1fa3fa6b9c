/**
 * Arbitrary messages that a correct server could send, for tests that try many.
 */
import * as fc from 'fast-check';
import { limits } from '../../../shared/cluster-config.ts';
import type { Configuration } from '../../../shared/configuration.ts';
import { nodeIdMax, type NodeId } from '../../../shared/ids.ts';
import type { EntryDraft } from '../../../shared/log-entry.ts';
import type { RaftMessage } from '../../../shared/raft-message.ts';
import type { FailureCode } from '../../../shared/result.ts';

export const round = fc.maxSafeNat();
export const index = fc.oneof(fc.nat(300), fc.maxSafeNat());
export const term = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: limits.termMax }));
export const payload = fc.uint8Array({ maxLength: 300 });
export const expectation = fc.record({ prevLogIndex: index, prevLogTerm: fc.maxSafeNat() });

export const sequence = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
export const session = fc
  .record({ sessionId: fc.integer({ min: 1, max: 2 ** 40 }), sequence, open: fc.nat(limits.sessionWindowMax - 1) })
  .map(({ sessionId, sequence, open }) => ({ sessionId, sequence, lowestOpen: Math.max(1, sequence - open) }));
const storage = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 48 - 1 }));
/** Of a folder that is there. */
const folder = storage.map((number) => Math.max(1, number));

const server = fc.record({ id: fc.nat(nodeIdMax), storage });
export const group = (minLength: number, maxLength: number) =>
  fc.uniqueArray(server, { minLength, maxLength, selector: ({ id }) => id });
const configuration: fc.Arbitrary<Configuration> = fc.record({
  voters: group(1, limits.nodesMax),
  outgoing: group(0, limits.nodesMax),
  learners: group(0, limits.learnersMax),
});

const failureCodes: readonly FailureCode[] = [
  ...(['no-leader', 'timed-out', 'conflict', 'too-large', 'overloaded', 'invalid', 'not-running'] as const),
  ...(['leadership-lost', 'unusable', 'internal', 'compacted', 'session-expired', 'refused'] as const),
];

export const empty = fc.constant(new Uint8Array(0));
const draftEntry: fc.Arbitrary<EntryDraft> = fc.oneof(
  fc.record({ kind: fc.constantFrom('noop', 'session'), payload: empty }),
  fc.record({ kind: fc.constant('configuration' as const), payload: empty, configuration }),
  fc.record({ kind: fc.constant('retention' as const), payload: empty, retainEntries: fc.maxSafeNat() }),
  fc.record(
    { kind: fc.constant('client' as const), payload, expect: expectation, session, more: fc.constant(true) },
    { requiredKeys: ['kind', 'payload'] },
  ),
  fc.record(
    { kind: fc.constant('client' as const), payload, continues: fc.constant(true), more: fc.constant(true) },
    { requiredKeys: ['kind', 'payload', 'continues'] },
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
    fc.record({ round, last: place(term), transfer: fc.option(fc.boolean()) }).map(({ round, last, transfer }) => {
      const call = { term, round, candidateId, lastLogIndex: last.index, lastLogTerm: last.term };
      return transfer === null ? { kind: 'pre-vote', ...call } : { kind: 'request-vote', ...call, transfer };
    }),
  );
}

function installSnapshot(leaderId: NodeId): fc.Arbitrary<RaftMessage> {
  return fc
    .record({
      round,
      lastIncludedTerm: term,
      later: fc.nat(9),
      lastIncludedIndex: fc.integer({ min: 1, max: limits.indexMax - limits.appendEntriesCountMax }),
      configuration,
      configurationIndex: fc.nat(300),
      offset: fc.nat(limits.snapshotBytesMax - 600),
      data: payload,
      behind: fc.nat(300),
    })
    .map(({ later, behind, ...fields }) => ({
      ...fields,
      kind: 'install-snapshot' as const,
      leaderId,
      term: Math.min(limits.termMax, fields.lastIncludedTerm + later),
      configurationIndex: Math.min(fields.configurationIndex, fields.lastIncludedIndex),
      totalBytes: fields.offset + fields.data.length + behind,
    }));
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

export const appended = fc
  .record({ firstIndex: fc.integer({ min: 1, max: 2 ** 40 }), count: fc.nat(300), term })
  .map(({ firstIndex, count, term }) => ({
    kind: 'append' as const,
    firstIndex,
    lastIndex: firstIndex + count,
    term,
  }));
export const failure = fc.record(
  {
    code: fc.constantFrom(...failureCodes),
    message: fc.string({ unit: 'grapheme', maxLength: 100 }),
    lastClientEntry: fc.record({ index, term: fc.maxSafeNat() }),
    leaderId: fc.nat(nodeIdMax),
    firstIndex: fc.integer({ min: 1, max: limits.indexMax }),
  },
  { requiredKeys: ['code', 'message'] },
);

/** Any message that server `sender` could send to another one. */
export function arbitraryMessage(sender: NodeId): fc.Arbitrary<RaftMessage> {
  return fc.oneof<fc.Arbitrary<RaftMessage>[]>(
    voteCall(sender),
    fc.record({
      kind: fc.constantFrom('request-vote-reply', 'pre-vote-reply'),
      term,
      round,
      storage: folder,
      voteGranted: fc.boolean(),
    }),
    appendEntries(sender),
    installSnapshot(sender),
    fc.record({
      kind: fc.constant('install-snapshot-reply' as const),
      term,
      round,
      storage: folder,
      lastIncludedIndex: index,
      lastIncludedTerm: fc.maxSafeNat(),
      nextOffset: fc.nat(limits.snapshotBytesMax),
      installed: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('timeout-now' as const), term, round }),
    fc.record({
      kind: fc.constant('append-entries-reply' as const),
      term,
      round,
      storage: folder,
      success: fc.boolean(),
      matchIndex: index,
      conflictTerm: fc.maxSafeNat(),
      conflictIndex: index,
    }),
    fc.record({
      kind: fc.constant('read-index' as const),
      term,
      round,
      mode: fc.constantFrom('linearizable', 'lease'),
    }),
    fc.record({ kind: fc.constant('read-index-reply' as const), term, round, success: fc.boolean(), readIndex: index }),
    fc.record(
      {
        kind: fc.constant('forward-append' as const),
        term,
        round,
        entries: fc.array(payload, { minLength: 1, maxLength: 20 }),
        expect: expectation,
        session,
      },
      { requiredKeys: ['kind', 'term', 'round', 'entries'] },
    ),
    fc.record({ kind: fc.constant('forward-append-reply' as const), round, answer: appended }),
    fc.record({ kind: fc.constant('forward-append-reply' as const), round, failure }),
  );
}
