import { describe, expect, it } from 'vitest';
import type { ClientRequest } from '../../../shared/client-request.ts';
import { isOutcomeKnown } from '../../../shared/result.ts';
import { drafts, interrupted, overdue, type Phase, type Waiting } from '../../../main/node/waiting-request.ts';

const append: ClientRequest = { kind: 'append', entries: [new Uint8Array([1])] };
const read: ClientRequest = { kind: 'index-range', startIndex: 0, endIndex: 1 };

const waiting = (request: ClientRequest, phase: Phase): Waiting => {
  return { ticket: 1, asker: { kind: 'client', requestId: 'a' }, request, deadlineNs: 0, phase };
};

const sentPhases: Phase[] = [
  { name: 'proposing' },
  { name: 'proposed', firstIndex: 1, lastIndex: 1, term: 1 },
  { name: 'forwarded', leaderId: 1, term: 1, round: 1, sends: 1, retryAtNs: 0 },
];

describe.each([
  ['overdue', overdue, 'no-leader'],
  ['interrupted', interrupted, 'not-running'],
] as const)('%s', (_name, say, code) => {
  it('says that nothing was appended only when nothing was sent', () => {
    const failure = say(waiting(append, { name: 'queued', notBeforeNs: 0 }));
    expect(failure).toMatchObject({ code, message: expect.stringContaining('nothing was appended') });
    expect(isOutcomeKnown(failure)).toBe(true);
  });

  it.each(sentPhases)('leaves the outcome of an append open that is $name', (phase) => {
    const failure = say(waiting(append, phase));
    expect(isOutcomeKnown(failure)).toBe(false);
    expect(failure.message).toContain('not known');
  });

  it.each([{ name: 'reading' }, { name: 'applying' }] as const)(
    'knows that a read changes nothing, also when $name',
    (phase) => {
      expect(say(waiting(read, phase)).code).toBe(code);
    },
  );
});

it('the first entry of an append carries the condition, the others share its fate', () => {
  const payloads = [1, 2, 3].map((byte) => new Uint8Array([byte]));
  const expectation = { prevLogIndex: 4, prevLogTerm: 2 };
  expect(drafts({ kind: 'append', entries: payloads, expect: expectation })).toEqual([
    { kind: 'client', payload: payloads[0], expect: expectation },
    { kind: 'client', payload: payloads[1], continues: true },
    { kind: 'client', payload: payloads[2], continues: true },
  ]);
  expect(drafts({ kind: 'append', entries: payloads.slice(0, 1) })).toEqual([{ kind: 'client', payload: payloads[0] }]);
});
