import { describe, expect, it } from 'vitest';
import { failureAtEnd, judgeAnswer } from '../../../main/client/judge-answer.ts';
import { createPending, type PendingRequest } from '../../../main/client/pending-request.ts';
import type { ClientRequest } from '../../../shared/client-request.ts';
import type { FailureCode } from '../../../shared/result.ts';
import { appended, failed } from '../../support/client-world.ts';

const entries = [new Uint8Array(1)];
const inSession: ClientRequest = {
  kind: 'append',
  entries,
  session: { sessionId: 1, sequence: 1, lowestOpen: 1 },
};
const alone: ClientRequest = { kind: 'append', entries };
const read: ClientRequest = { kind: 'index-range', startIndex: 1, endIndex: 1 };

function sent(request: ClientRequest, copies = 1): PendingRequest {
  return Object.assign(
    createPending(1, request, 1_000, 0, () => {}),
    { sends: copies, openCopies: copies },
  );
}

describe('an answer', () => {
  const definite: FailureCode[] = ['conflict', 'too-large', 'invalid', 'compacted', 'refused', 'session-expired'];
  it.each(definite)('is the end when it is %s', (code) => {
    expect(judgeAnswer(sent(inSession, 3), failed(code), true, 10)).toBe('final');
  });

  it('is the end when all is well', () => {
    expect(judgeAnswer(sent(alone), appended(1), false, 10)).toBe('final');
  });

  it('that the outcome is open leads to another try in a session only', () => {
    expect(judgeAnswer(sent(inSession), failed('timed-out'), false, 10)).toBe('later');
    expect(judgeAnswer(sent(inSession), failed('timed-out'), false, 990)).toBe('final');
    expect(judgeAnswer(sent(alone), failed('timed-out'), false, 10)).toBe('final');
  });

  it('that nothing was done leads to another try, where another leads at once', () => {
    expect(judgeAnswer(sent(alone), failed('no-leader'), true, 10)).toBe('elsewhere');
    expect(judgeAnswer(sent(alone), failed('no-leader'), false, 10)).toBe('later');
    expect(judgeAnswer(sent(alone), failed('overloaded'), true, 10)).toBe('later');
    expect(judgeAnswer(sent(alone), failed('no-leader'), false, 990)).toBe('final');
  });
});

describe('the end without an answer', () => {
  const end = (pending: PendingRequest) => failureAtEnd(pending, 'no-leader', 'X did not answer in time');

  it('is definite when nothing left, and for reads', () => {
    expect(end(sent(alone, 0))).toEqual({
      code: 'no-leader',
      message: 'X did not answer in time; nothing was appended.',
    });
    expect(end(sent(read, 2))).toEqual({ code: 'no-leader', message: 'X did not answer in time.' });
  });

  it('is open when a copy may be under way', () => {
    const pending = sent(inSession, 2);
    judgeAnswer(pending, failed('no-leader'), false, 10);
    expect(end(pending)).toMatchObject({ code: 'timed-out', message: expect.stringContaining('sent 2 times') });
  });

  it('is what the last server said when every copy was answered', () => {
    const pending = sent(inSession, 1);
    judgeAnswer(pending, failed('overloaded'), false, 10);
    expect(end(pending)).toEqual({ code: 'overloaded', message: 'It is overloaded.' });
  });
});
