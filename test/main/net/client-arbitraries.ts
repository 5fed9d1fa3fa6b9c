/**
 * Arbitrary calls and answers between clients from outside and servers, for tests that try many.
 */
import * as fc from 'fast-check';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import { nodeIdMax } from '../../../shared/ids.ts';
import type { ClientCall, ClientCallReply } from '../../../shared/raft-message.ts';
import type { Result } from '../../../shared/result.ts';
import {
  appended,
  empty,
  expectation,
  failure,
  group,
  index,
  payload,
  round,
  sequence,
  session,
  term,
} from './message-arbitraries.ts';

const numbered = { number: sequence, timeoutMs: fc.nat(600_000) };
const servers = group(0, 20);
const request: fc.Arbitrary<ClientRequest> = fc.oneof<fc.Arbitrary<ClientRequest>[]>(
  fc.record(
    {
      kind: fc.constant('append' as const),
      entries: fc.array(payload, { minLength: 1, maxLength: 5 }),
      expect: expectation,
      session,
    },
    { requiredKeys: ['kind', 'entries'] },
  ),
  fc.record(
    {
      kind: fc.constant('index-range' as const),
      startIndex: index,
      endIndex: index,
      read: fc.constantFrom('linearizable', 'lease', 'local'),
      includeInternal: fc.constant(true),
    },
    { requiredKeys: ['kind', 'startIndex', 'endIndex'] },
  ),
  fc.constant({ kind: 'open-session' as const }),
  fc.record({ kind: fc.constant('set-retention' as const), retainEntries: fc.maxSafeNat() }),
  fc.record({
    kind: fc.constant('change-membership' as const),
    mode: fc.constantFrom('joint', 'single-server'),
    voters: servers,
    learners: servers,
  }),
  fc.record({ kind: fc.constant('transfer-leadership' as const), to: fc.nat(nodeIdMax) }),
);

/** Appends of one session in a row, as a busy client sends them. */
const busyRequests = fc
  .record({ ...numbered, stamp: session, count: fc.integer({ min: 1, max: 40 }), payload })
  .map(({ number, timeoutMs, stamp, count, payload }) =>
    Array.from({ length: count }, (_, at) => ({
      number: Math.min(number, 2 ** 50) + at,
      timeoutMs,
      request: { kind: 'append' as const, entries: [payload], session: { ...stamp, sequence: stamp.lowestOpen + at } },
    })),
  )
  .filter((requests) => requests.every(({ request }) => request.session.sequence <= Number.MAX_SAFE_INTEGER));

/** Any call of a client. */
export const arbitraryCall: fc.Arbitrary<ClientCall> = fc.record({
  kind: fc.constant('client-call' as const),
  round,
  requests: fc.oneof(fc.array(fc.record({ ...numbered, request }), { maxLength: 12 }), busyRequests),
});

const rangeEntry = fc.oneof(
  fc.record(
    { step: fc.nat(2), term, kind: fc.constant('client' as const), payload, refused: fc.constant(true) },
    { requiredKeys: ['step', 'term', 'kind', 'payload'] },
  ),
  fc.record({ step: fc.nat(2), term, kind: fc.constantFrom('noop', 'session', 'retention'), payload: empty }),
);
const ranged = fc
  .record({
    first: fc.nat(2 ** 40),
    drafts: fc.array(rangeEntry, { maxLength: 8 }),
    appliedIndex: index,
    continueAt: index,
  })
  .map(({ first, drafts, appliedIndex, continueAt }) => {
    let at = first;
    const entries = drafts.map(({ step, ...draft }) => {
      at += step + 1;
      return { index: at, ...draft };
    });
    return { kind: 'index-range' as const, entries, appliedIndex, ...(continueAt > 0 && { continueAt }) };
  });
const clientValue: fc.Arbitrary<ClientAnswer> = fc.oneof<fc.Arbitrary<ClientAnswer>[]>(
  appended,
  ranged,
  fc.record({ kind: fc.constant('open-session' as const), sessionId: sequence }),
  fc.record({ kind: fc.constantFrom('set-retention', 'change-membership', 'transfer-leadership'), index }),
);
const result: fc.Arbitrary<Result<ClientAnswer>> = fc.oneof(
  clientValue.map((value) => ({ ok: true as const, value })),
  failure.map((failed) => ({ ok: false as const, failure: failed })),
);

/** Any answers to a client. */
export const arbitraryCallReply: fc.Arbitrary<ClientCallReply> = fc.record({
  kind: fc.constant('client-call-reply' as const),
  round,
  leader: fc.option(
    fc.record({
      id: fc.nat(nodeIdMax),
      address: fc.record({ host: fc.oneof(fc.ipV4(), fc.ipV6()), port: fc.nat(65_535) }),
    }),
  ),
  answers: fc.array(fc.record({ number: sequence, result }), { maxLength: 12 }),
});
