import { describe, expect, it } from 'vitest';
import type { ClientRequest } from '../../../shared/client-request.ts';
import { isOutcomeKnown } from '../../../shared/result.ts';
import {
  appendDrafts,
  interrupted,
  isRepeatable,
  overdue,
  type Phase,
  type Waiting,
} from '../../../main/node/waiting-request.ts';

const append = { kind: 'append', entries: [new Uint8Array([1])] } as const;
const read: ClientRequest = { kind: 'index-range', startIndex: 0, endIndex: 1 };

const waiting = (request: ClientRequest, phase: Phase, mayTakeEffect = false): Waiting => {
  return { ticket: 1, asker: { kind: 'client', requestId: 'a' }, request, deadlineNs: 0, phase, mayTakeEffect };
};
const session = { sessionId: 3, sequence: 1, lowestOpen: 1 };

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

describe('other requests', () => {
  it('are open once the core has them, and not before', () => {
    const request: ClientRequest = { kind: 'transfer-leadership', to: 1 };
    expect(overdue(waiting(request, { name: 'queued', notBeforeNs: 0 }))).toMatchObject({
      code: 'no-leader',
      message: expect.stringContaining('nothing was done'),
    });
    expect(overdue(waiting(request, { name: 'changing' }))).toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('transfer-leadership'),
    });
  });

  it('that wait in the queue again with a copy under way are open, too', () => {
    expect(overdue(waiting({ ...append, session }, { name: 'queued', notBeforeNs: 0 }, true)).code).toBe('timed-out');
  });
});

it('only a client with a session may have its append sent twice', () => {
  const phase: Phase = { name: 'proposing' };
  expect(isRepeatable(waiting({ ...append, session }, phase))).toBe(true);
  expect(isRepeatable(waiting(append, phase))).toBe(false);
  expect(isRepeatable(waiting(read, phase))).toBe(false);
  const passedOn: Waiting = { ...waiting({ ...append, session }, phase), asker: { kind: 'node', node: 1, round: 1 } };
  expect(isRepeatable(passedOn)).toBe(false);
});

it('the first entry of an append carries condition and session, the others share its fate', () => {
  const payloads = [1, 2, 3].map((byte) => new Uint8Array([byte]));
  const expectation = { prevLogIndex: 4, prevLogTerm: 2 };
  expect(appendDrafts({ kind: 'append', entries: payloads, expect: expectation, session })).toEqual([
    { kind: 'client', payload: payloads[0], expect: expectation, session, more: true },
    { kind: 'client', payload: payloads[1], continues: true, more: true },
    { kind: 'client', payload: payloads[2], continues: true },
  ]);
  expect(appendDrafts({ kind: 'append', entries: payloads.slice(0, 1) })).toEqual([
    { kind: 'client', payload: payloads[0] },
  ]);
});
