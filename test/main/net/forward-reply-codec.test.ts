import { describe, expect, it } from 'vitest';
import { FieldReader, type Problem } from '../../../main/net/field-reader.ts';
import { answerFields, readForwardAppendReply } from '../../../main/net/forward-reply-codec.ts';
import { AssertionError } from '../../../shared/assert.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { ForwardAppendReply } from '../../../shared/raft-message.ts';

const head = { kind: 'forward-append-reply', round: 4 } as const;
const answered: ForwardAppendReply = { ...head, answer: { kind: 'append', firstIndex: 7, lastIndex: 9, term: 3 } };
const failed: ForwardAppendReply = { ...head, failure: { code: 'no-leader', message: 'No leader is known.' } };
const lastClientEntry = { index: 6, term: 2 };
const redirected: ForwardAppendReply = { ...head, failure: { code: 'refused', message: 'Ask it.', leaderId: 0 } };
const compacted: ForwardAppendReply = { ...head, failure: { code: 'compacted', message: 'Gone.', firstIndex: 9 } };
const conflict: ForwardAppendReply = { ...head, failure: { code: 'conflict', message: 'Too late.', lastClientEntry } };

describe('the reply to a forwarded append', () => {
  it('has the fields of the table in README.md', () => {
    expect([answered, failed, conflict, redirected, compacted].map(answerFields)).toEqual([
      [[7, 9, 3], null],
      [null, [0, 'No leader is known.', null, null, null]],
      [null, [2, 'Too late.', [6, 2], null, null]],
      [null, [12, 'Ask it.', null, 0, null]],
      [null, [10, 'Gone.', null, null, 9]],
    ]);
  });

  it.each([answered, failed, conflict, redirected, compacted])('comes back as it was', (reply) => {
    const problem: Problem = {};
    expect(readForwardAppendReply(new FieldReader(answerFields(reply), problem, 'the message'), problem, 4)).toEqual(
      reply,
    );
    expect(problem).toEqual({});
  });

  it('says one thing: an answer or a failure', () => {
    expect(() => answerFields(head)).toThrow(AssertionError);
    expect(() => answerFields({ ...answered, ...failed })).toThrow(AssertionError);
  });

  it('cuts a long sentence', () => {
    const [, failure] = answerFields({ ...head, failure: { code: 'internal', message: 'x'.repeat(5_000) } });
    expect(failure).toEqual([9, 'x'.repeat(limits.failureMessageCharsMax), null, null, null]);
  });
});
