import { expect, it } from 'vitest';
import { callReplyFields } from '../../../main/net/client-reply-codec.ts';
import { AssertionError } from '../../../shared/assert.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { ClientCallReply, NumberedAnswer } from '../../../shared/raft-message.ts';
import { exampleMessages } from './message-examples.ts';

const reply = (answers: NumberedAnswer[]): ClientCallReply => ({
  kind: 'client-call-reply',
  round: 1,
  leader: null,
  answers,
});

it('answers have the fields of the table in README.md', () => {
  expect(callReplyFields(exampleMessages(0)['client-call-reply'] as ClientCallReply)).toEqual([
    8,
    [1, '127.0.0.1', 11_111],
    [
      [88, 70, 20, 5],
      [32, 22],
      [17, 22, 10, 3, 49, 3, 1, 0, 0, 3, 56, 9, 2, 3],
      [2, 23],
      [3, 24],
      [4, 25],
      [5, 0],
      [15, 80, 1],
      [119, 2, 14, 5, 0, 3],
    ].flat(),
    ['Nothing was heard.', 'Late.'],
    new TextEncoder().encode('foobar'),
  ]);
});

it('the answer to an append of a busy client takes one integer', () => {
  const answers = Array.from({ length: 300 }, (_, at): NumberedAnswer => {
    const value = { kind: 'append', firstIndex: 500 + at, lastIndex: 500 + at, term: 3 } as const;
    return { number: 20_000 + at, result: { ok: true, value } };
  });
  expect(callReplyFields(reply(answers))[2]).toHaveLength(300 + 3);
});

it('is cut by its sender before it has too many answers, and so is a long sentence', () => {
  const failure = { code: 'internal', message: 'x'.repeat(5_000) } as const;
  const answer = { number: 1, result: { ok: false, failure } } as const;
  expect(callReplyFields(reply([answer]))[3]).toEqual(['x'.repeat(limits.failureMessageCharsMax)]);
  const tooMany = Array.from({ length: limits.requestsPerCallMax + 1 }, () => answer);
  expect(() => callReplyFields(reply(tooMany))).toThrow(AssertionError);
});
