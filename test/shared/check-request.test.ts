import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/cluster-config.ts';
import type { AppendRequest, ClientRequest, IndexRangeRequest } from '../../shared/client-request.ts';
import { entryOverheadBytes, type Expectation } from '../../shared/log-entry.ts';
import { checkRequest } from '../../shared/check-request.ts';

const append = (sizes: readonly number[], more: Partial<AppendRequest> = {}): AppendRequest => ({
  kind: 'append',
  entries: sizes.map((size) => new Uint8Array(size)),
  ...more,
});
const stamp = (sessionId: number, sequence: number, lowestOpen: number) => ({ sessionId, sequence, lowestOpen });
const range = (startIndex: number, endIndex: number): IndexRangeRequest => ({
  kind: 'index-range',
  startIndex,
  endIndex,
});

describe('takes', () => {
  it.each<readonly [string, ClientRequest]>([
    ['an empty entry', append([0])],
    ['the largest entry', append([limits.entryPayloadBytesMax])],
    ['the most entries', append(Array.from({ length: limits.entriesPerRequestMax }, () => 1))],
    [
      'all that fits one request',
      append([
        limits.entryPayloadBytesMax,
        limits.requestBytesMax - limits.entryPayloadBytesMax - 2 * entryOverheadBytes,
      ]),
    ],
    ['a condition', append([1], { expect: { prevLogIndex: 0, prevLogTerm: 0 } })],
    ['a session', append([1], { session: stamp(7, 3, 2) })],
    ['the widest window of a session', append([1], { session: stamp(7, limits.sessionWindowMax, 1) })],
    ['a lease read', { ...range(0, 5), read: 'lease' }],
    ['the opening of a session', { kind: 'open-session' }],
    ['no retention', { kind: 'set-retention', retainEntries: 0 }],
    ['a transfer', { kind: 'transfer-leadership', to: 2 }],
    ['a range from 0', range(0, 5)],
    ['a range of one', range(5, 5)],
    ['a range far beyond the end', range(1, Number.MAX_SAFE_INTEGER)],
  ])('%s', (_what, request) => {
    expect(checkRequest(request)).toBeUndefined();
  });
});

describe('refuses', () => {
  it.each([
    ['no entries', append([]), 'invalid', 'at least one entry'],
    [
      'an entry above the limit',
      append([1, limits.entryPayloadBytesMax + 1]),
      'too-large',
      'Entry 2 has 1048577 bytes',
    ],
    ['too many entries', append(Array.from({ length: 257 }, () => 1)), 'too-large', 'this one has 257'],
    ['more than a request holds', append([600_000, 600_000]), 'too-large', 'come to 1200160 bytes'],
    [
      'a condition below 0',
      append([1], { expect: { prevLogIndex: -1, prevLogTerm: 0 } }),
      'invalid',
      'expect.prevLogIndex',
    ],
    ['half a term', append([1], { expect: { prevLogIndex: 0, prevLogTerm: 0.5 } }), 'invalid', 'expect.prevLogTerm'],
    ['a range that ends before it starts', range(5, 1), 'invalid', 'starts at 5, after its end at 1'],
    ['a negative index', range(-1, 1), 'invalid', 'startIndex must be a whole number from 0 up, not -1'],
    ['an index that is no number', range(0, Number.NaN), 'invalid', 'endIndex must be a whole number'],
    ['an endless range', range(0, Infinity), 'invalid', 'not Infinity'],
    [
      'session 0',
      append([1], { session: stamp(0, 1, 1) }),
      'invalid',
      'session.sessionId must be a whole number from 1 up',
    ],
    ['sequence 0', append([1], { session: stamp(7, 0, 0) }), 'invalid', 'session.sequence must be'],
    [
      'a request that its client has the answer to',
      append([1], { session: stamp(7, 2, 3) }),
      'invalid',
      'above session.sequence, 2',
    ],
    ['a window too wide', append([1], { session: stamp(7, 1_025, 1) }), 'invalid', 'up to 1024 may be at once'],
    ['an unknown way to read', { ...range(0, 5), read: 'now' as 'local' }, 'invalid', '"now" is no way to read'],
    ['half an entry', { kind: 'set-retention', retainEntries: 0.5 }, 'invalid', 'retainEntries must be'],
    ['less than nothing', { kind: 'set-retention', retainEntries: -1 }, 'invalid', 'retainEntries must be'],
    ['a transfer to nobody', { kind: 'transfer-leadership', to: -1 }, 'invalid', 'to is -1, and that is no node id'],
    [
      'a membership without voters',
      { kind: 'change-membership', mode: 'joint', voters: [], learners: [] },
      'invalid',
      'without voters',
    ],
    [
      'what is no request',
      JSON.parse('{"kind":"dance"}') as ClientRequest,
      'invalid',
      '{"kind":"dance"} is no request',
    ],
  ] as const)('%s', (_what, request, code, message) => {
    expect(checkRequest(request)).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('half a condition, which no storage could hold', () => {
    const expectation = { prevLogIndex: 1 } as Expectation;
    expect(checkRequest(append([1], { expect: expectation }))).toMatchObject({
      code: 'invalid',
      message: 'expect.prevLogTerm must be a whole number from 0 up, not undefined.',
    });
  });

  it('text where bytes belong, as plain JavaScript may send it', () => {
    const entries = ['foo'] as unknown[] as Uint8Array[];
    expect(checkRequest({ kind: 'append', entries })).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('Entry 1'),
    });
  });
});
