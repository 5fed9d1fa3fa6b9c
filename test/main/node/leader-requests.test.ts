import { expect, it } from 'vitest';
import { answerOfOutcome, askLeader, isLeaderRequest } from '../../../main/node/leader-requests.ts';

it('tells what only a leader takes', () => {
  expect(isLeaderRequest({ kind: 'open-session' })).toBe(true);
  expect(isLeaderRequest({ kind: 'transfer-leadership', to: 1 })).toBe(true);
  expect(isLeaderRequest({ kind: 'append', entries: [] })).toBe(false);
  expect(isLeaderRequest({ kind: 'index-range', startIndex: 0, endIndex: 0 })).toBe(false);
});

it('names the leader to who asks elsewhere', () => {
  expect(askLeader(2)).toMatchObject({ code: 'no-leader', leaderId: 2, message: expect.stringContaining('node 2') });
});

it('says what the core has said', () => {
  const kind = 'change-membership';
  expect(answerOfOutcome(kind, { ticket: 1, kind: 'done', index: 7 })).toEqual({ ok: true, value: { kind, index: 7 } });
  expect(answerOfOutcome(kind, { ticket: 1, kind: 'refused', reason: 'another change is under way' })).toEqual({
    ok: false,
    failure: { code: 'refused', message: 'Another change is under way.' },
  });
  expect(answerOfOutcome(kind, { ticket: 1, kind: 'not-leader', leaderId: 2 })).toMatchObject({
    failure: { code: 'no-leader', leaderId: 2 },
  });
  expect(answerOfOutcome(kind, { ticket: 1, kind: 'not-leader', leaderId: null })).toBeUndefined();
  expect(answerOfOutcome(kind, { ticket: 1, kind: 'unknown', reason: 'I lost my office' })).toMatchObject({
    failure: { code: 'timed-out', message: expect.stringMatching(/^I lost my office\. Whether/) },
  });
});
