import { expect, it } from 'vitest';
import { WaitingRequests } from '../../../main/lab/waiting-requests.ts';
import { succeed } from '../../../shared/result.ts';

const tooLate = { code: 'timed-out', message: 'too late' } as const;
const answer = succeed({ kind: 'append', firstIndex: 1, lastIndex: 1, term: 1 } as const);

it('hands an answer to the one who waits for it, once', async () => {
  const requests = new WaitingRequests();
  const waiting = requests.wait('a', 60_000, tooLate);
  requests.answer('b', answer);
  requests.answer('a', answer);
  requests.answer('a', succeed({ kind: 'append', firstIndex: 2, lastIndex: 2, term: 1 }));
  expect(await waiting).toEqual(answer);
  expect(requests.size).toBe(0);
});

it('answers itself past the deadline: the outcome is unknown', async () => {
  const requests = new WaitingRequests();
  expect(await requests.wait('a', 5, tooLate)).toEqual({
    ok: false,
    failure: tooLate,
  });
  expect(requests.size).toBe(0);
});

it('gives up on all that wait', async () => {
  const requests = new WaitingRequests();
  const both = [requests.wait('a', 60_000, tooLate), requests.wait('b', 60_000, tooLate)];
  const failure = { code: 'timed-out', message: 'gone' } as const;
  requests.giveUp(failure);
  const gone = { ok: false, failure };
  expect(await Promise.all(both)).toEqual([gone, gone]);
  expect(requests.size).toBe(0);
});
