/**
 * What a server could say, as a schema that shares nothing with the decoder: the judge of what is delivered.
 */
import { z } from 'zod';
import { limits } from '../../../shared/cluster-config.ts';
import { nodeIdMax } from '../../../shared/ids.ts';

export const index = z.int().min(0).max(limits.indexMax);
const term = z.int().min(0).max(limits.termMax);
export const round = z.int().min(0);
export const storage = z
  .int()
  .min(0)
  .max(2 ** 48 - 1);
const call = { term, round };
const reply = { ...call, storage: storage.min(1) };
const bytesUpTo = (max: number) => z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= max);
export const bytes = bytesUpTo(limits.entryPayloadBytesMax);

const group = z
  .array(z.strictObject({ id: z.int().min(0).max(nodeIdMax), storage }))
  .refine((servers) => new Set(servers.map(({ id }) => id)).size === servers.length);
const configuration = z.strictObject({
  voters: group.refine(({ length }) => length >= 1 && length <= limits.nodesMax),
  outgoing: group.refine(({ length }) => length <= limits.nodesMax),
  learners: group.refine(({ length }) => length <= limits.learnersMax),
});

export const expectation = z.strictObject({ prevLogIndex: index, prevLogTerm: term });
export const session = z
  .strictObject({ sessionId: index.min(1), sequence: z.int().min(1), lowestOpen: z.int().min(1) })
  .refine(({ sequence, lowestOpen }) => sequence >= lowestOpen && sequence - lowestOpen < limits.sessionWindowMax);
export const place = { index: index.min(1), term: term.min(1) };
const ownEntry = { ...place, payload: bytesUpTo(0) };
export const entryKinds = ['client', 'noop', 'configuration', 'session', 'retention'] as const;
const entry = z.union([
  z.strictObject({ ...ownEntry, kind: z.enum(['noop', 'session']) }),
  z.strictObject({ ...ownEntry, kind: z.literal('configuration'), configuration }),
  z.strictObject({ ...ownEntry, kind: z.literal('retention'), retainEntries: z.int().min(0) }),
  z
    .strictObject({
      ...place,
      kind: z.literal('client'),
      payload: bytes,
      expect: expectation.optional(),
      session: session.optional(),
      more: z.literal(true).optional(),
      continues: z.literal(true).optional(),
    })
    .refine(({ continues, expect, session }) => !continues || (expect === undefined && session === undefined)),
]);

export const failure = z.strictObject({
  code: z.string(),
  message: z.string().max(limits.failureMessageCharsMax),
  lastClientEntry: z.strictObject({ index, term }).optional(),
  leaderId: z.int().min(0).max(nodeIdMax).optional(),
  firstIndex: index.min(1).optional(),
});
export const answer = z.strictObject({
  kind: z.literal('append'),
  firstIndex: index.min(1),
  lastIndex: index.min(1),
  term: term.min(1),
});

/** What node `sender` could have said to another one. */
export const messageOf = (sender: number) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('pre-vote'),
      ...call,
      candidateId: z.literal(sender),
      lastLogIndex: index,
      lastLogTerm: term,
    }),
    z.strictObject({
      kind: z.literal('request-vote'),
      ...call,
      candidateId: z.literal(sender),
      lastLogIndex: index,
      lastLogTerm: term,
      transfer: z.boolean(),
    }),
    z.strictObject({ kind: z.enum(['request-vote-reply', 'pre-vote-reply']), ...reply, voteGranted: z.boolean() }),
    z
      .strictObject({
        kind: z.literal('append-entries'),
        ...call,
        leaderId: z.literal(sender),
        prevLogIndex: index,
        prevLogTerm: term,
        leaderCommit: index,
        entries: z.array(entry).max(limits.appendEntriesCountMax),
      })
      .refine(({ prevLogIndex, entries }) => entries.every(({ index }, place) => index === prevLogIndex + 1 + place))
      .refine(({ term, prevLogTerm, entries }) => {
        const terms = [prevLogTerm, ...entries.map((entry) => entry.term), term];
        return terms.every((term, place) => place === 0 || term >= (terms[place - 1] ?? 0));
      }),
    z.strictObject({
      kind: z.literal('append-entries-reply'),
      ...reply,
      success: z.boolean(),
      matchIndex: index,
      conflictTerm: term,
      conflictIndex: index,
    }),
    z
      .strictObject({
        kind: z.literal('install-snapshot'),
        ...call,
        leaderId: z.literal(sender),
        lastIncludedIndex: index.min(1),
        lastIncludedTerm: term.min(1),
        configuration,
        configurationIndex: index,
        offset: z.int().min(0),
        totalBytes: z.int().min(0).max(limits.snapshotBytesMax),
        data: bytesUpTo(limits.snapshotChunkBytesMax),
      })
      .refine(({ term, lastIncludedTerm }) => lastIncludedTerm <= term)
      .refine(({ configurationIndex, lastIncludedIndex }) => configurationIndex <= lastIncludedIndex)
      .refine(({ offset, data, totalBytes }) => offset + data.byteLength <= totalBytes),
    z.strictObject({
      kind: z.literal('install-snapshot-reply'),
      ...reply,
      lastIncludedIndex: index,
      lastIncludedTerm: term,
      nextOffset: z.int().min(0).max(limits.snapshotBytesMax),
      installed: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('timeout-now'), ...call, term: term.min(1) }),
    z.strictObject({ kind: z.literal('read-index'), ...call, mode: z.enum(['linearizable', 'lease']) }),
    z.strictObject({ kind: z.literal('read-index-reply'), ...call, success: z.boolean(), readIndex: index }),
    z.strictObject({
      kind: z.literal('forward-append'),
      ...call,
      entries: z.array(bytes).min(1).max(limits.entriesPerRequestMax),
      expect: expectation.optional(),
      session: session.optional(),
    }),
    z
      .strictObject({
        kind: z.literal('forward-append-reply'),
        round,
        answer: answer.optional(),
        failure: failure.optional(),
      })
      .refine(({ answer, failure }) => (answer === undefined) !== (failure === undefined)),
  ]);
