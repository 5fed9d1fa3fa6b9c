import { expect, it } from 'vitest';
import type { RangeEntry } from '../../../shared/client-request.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { describeOutcome, describeRequest } from '../../../main/node/describe-request.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The first byte stands for the payload, here. */
const digestOf = (payload: Uint8Array): number => payload[0] ?? -1;
const shown = {
  take: (entries: readonly RangeEntry[]) =>
    entries.slice(1).map(({ index, term, payload }) => ({ index, term, digest: digestOf(payload) })),
};

it('says what is appended, with a number for each payload', () => {
  const entries = ['foo', 'bar', 'foo'].map(bytes);
  const described = describeRequest({ kind: 'append', entries, expect: { prevLogIndex: 1, prevLogTerm: 2 } }, digestOf);
  expect(described).toMatchObject({ kind: 'append', entryCount: 3, payloadBytes: 9, preview: 'foo' });
  const digests = described.kind === 'append' ? (described.digests ?? []) : [];
  expect(digests[0]).toBe(digests[2]);
  expect(digests[0]).not.toBe(digests[1]);
});

it('says what is read, linearizably unless it is said otherwise', () => {
  const request = { kind: 'index-range', startIndex: 1, endIndex: 2, includeInternal: true } as const;
  expect(describeRequest(request, digestOf)).toEqual({
    kind: 'index-range',
    startIndex: 1,
    endIndex: 2,
    read: 'linearizable',
  });
});

it('says what became of it: indexes, client entries by the same numbers, or why not', () => {
  const appended = { kind: 'append', firstIndex: 3, lastIndex: 4, term: 2 } as const;
  expect(describeOutcome(succeed(appended), shown)).toEqual({ ...appended, kind: 'appended' });
  const sent = describeRequest({ kind: 'append', entries: [bytes('foo')] }, digestOf);
  const entries = [
    { index: 1, term: 1, kind: 'noop', payload: bytes('') },
    { index: 2, term: 1, kind: 'client', payload: bytes('foo') },
  ] as const;
  const range = { kind: 'index-range', entries, appliedIndex: 9, continueAt: 3 } as const;
  expect(describeOutcome(succeed(range), shown)).toEqual({
    kind: 'range',
    entryCount: 2,
    appliedIndex: 9,
    continueAt: 3,
    entries: [{ index: 2, term: 1, digest: sent.kind === 'append' ? sent.digests?.[0] : undefined }],
  });
  expect(describeOutcome(fail('timed-out', 'who knows'), shown)).toEqual({
    kind: 'failed',
    code: 'timed-out',
    outcomeKnown: false,
    message: 'who knows',
  });
});
