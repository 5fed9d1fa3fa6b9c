/**
 * What clients from outside and servers could say to each other, as schemas that share nothing with the decoder: the judges
 * of what is delivered.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { limits } from '../../../shared/cluster-config.ts';
import { nodeIdMax } from '../../../shared/ids.ts';
import {
  answer,
  bytes,
  entryKinds,
  expectation,
  failure,
  index,
  place,
  round,
  session,
  storage,
} from './message-schema.ts';

const whole = z.int().min(0);
const servers = z.array(z.strictObject({ id: z.int().min(0).max(nodeIdMax), storage }));
const request = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('append'),
    entries: z.array(bytes).min(1).max(limits.entriesPerRequestMax),
    expect: expectation.optional(),
    session: session.optional(),
  }),
  z.strictObject({
    kind: z.literal('index-range'),
    startIndex: index,
    endIndex: index,
    read: z.enum(['linearizable', 'lease', 'local']).optional(),
    includeInternal: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('open-session') }),
  z.strictObject({ kind: z.literal('set-retention'), retainEntries: whole }),
  z.strictObject({
    kind: z.literal('change-membership'),
    mode: z.enum(['joint', 'single-server']),
    voters: servers,
    learners: servers,
  }),
  z.strictObject({ kind: z.literal('transfer-leadership'), to: z.int().min(0).max(nodeIdMax) }),
]);
const rangeEntry = z
  .strictObject({ ...place, kind: z.enum(entryKinds), payload: bytes, refused: z.literal(true).optional() })
  .refine(({ kind, payload }) => kind === 'client' || payload.byteLength === 0);
const value = z.discriminatedUnion('kind', [
  answer,
  z.strictObject({
    kind: z.literal('index-range'),
    entries: z
      .array(rangeEntry)
      .max(limits.rangeEntriesMax)
      .refine((entries) => entries.every(({ index }, at) => at === 0 || index > (entries[at - 1]?.index ?? 0))),
    appliedIndex: index,
    continueAt: index.min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('open-session'), sessionId: index.min(1) }),
  z.strictObject({ kind: z.enum(['set-retention', 'change-membership', 'transfer-leadership']), index }),
]);
const numbered = { number: whole.min(1) };
const result = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value }),
  z.strictObject({ ok: z.literal(false), failure }),
]);
const leader = z.strictObject({
  id: z.int().min(0).max(nodeIdMax),
  // With or without a zone, which the library's own form of an IPv6 address does not have.
  address: z.strictObject({ host: z.string().refine((host) => isIP(host) !== 0), port: z.int().min(0).max(65_535) }),
});

/** What a client could have said. */
export const callSchema = z.strictObject({
  kind: z.literal('client-call'),
  round,
  requests: z.array(z.strictObject({ ...numbered, timeoutMs: whole, request })).max(limits.requestsPerCallMax),
});

/** What a client could have been told. */
export const callReplySchema = z.strictObject({
  kind: z.literal('client-call-reply'),
  round,
  leader: leader.nullable(),
  answers: z.array(z.strictObject({ ...numbered, result })).max(limits.requestsPerCallMax),
});
