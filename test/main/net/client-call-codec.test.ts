import { expect, it } from 'vitest';
import { callFields } from '../../../main/net/client-call-codec.ts';
import { AssertionError } from '../../../shared/assert.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { ClientCall, NumberedRequest } from '../../../shared/raft-message.ts';
import { exampleMessages } from './message-examples.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('a call has the fields of the table in README.md', () => {
  expect(callFields(exampleMessages(0)['client-call'] as ClientCall)).toEqual([
    8,
    [
      [88, 70, 5_000, 3, 9, 8, 3],
      [32, 3],
      [384, 12, 4, 2, 1, 0],
      [97, 1, 9, 2],
      [18, 100],
      [3, 1_000],
      [36, 2, 0, 0, 1, 2 ** 48 - 1, 1, 7, 5],
      [5, 2],
    ].flat(),
    bytes('foobara'),
  ]);
});

it('an append of a busy session takes two integers beside its payload', () => {
  const requests = Array.from({ length: 300 }, (_, at): NumberedRequest => {
    const session = { sessionId: 5, sequence: 10_000 + at, lowestOpen: 10_000 };
    return { number: 20_000 + at, timeoutMs: 5_000, request: { kind: 'append', entries: [bytes('x')], session } };
  });
  const [, integers] = callFields({ kind: 'client-call', round: 1, requests });
  expect(integers).toHaveLength(300 * 2 + 5);
});

it('is cut by its sender before it has too many requests', () => {
  const request = { number: 1, timeoutMs: 1, request: { kind: 'open-session' } } as const;
  const requests = Array.from({ length: limits.requestsPerCallMax + 1 }, () => request);
  expect(() => callFields({ kind: 'client-call', round: 1, requests })).toThrow(AssertionError);
});
