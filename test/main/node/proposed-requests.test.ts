import { describe, expect, it } from 'vitest';
import type { ClientRequest } from '../../../shared/client-request.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import { judgeRequest, ProposedRequests } from '../../../main/node/proposed-requests.ts';
import type { ProposedPhase, Waiting } from '../../../main/node/waiting-request.ts';

const entry = (index: number, term: number, more: Partial<LogEntry> = {}): LogEntry => {
  return { index, term, kind: 'client', payload: new Uint8Array(), ...more };
};
const phase = (firstIndex: number, lastIndex: number, term: number): ProposedPhase => ({
  name: 'proposed',
  firstIndex,
  lastIndex,
  term,
});

function propose(appends: ProposedRequests, ...[firstIndex, lastIndex, term]: [number, number, number]): Waiting {
  const waiting: Waiting = {
    ticket: 0,
    asker: { kind: 'client', requestId: 'a' },
    request: { kind: 'append', entries: [] },
    deadlineNs: 0,
    phase: { name: 'proposing' },
    mayTakeEffect: false,
  };
  appends.add(waiting, phase(firstIndex, lastIndex, term));
  return waiting;
}

describe('an entry decides', () => {
  it('the appends that end with it', () => {
    const appends = new ProposedRequests();
    const [first, second] = [propose(appends, 1, 2, 1), propose(appends, 3, 3, 1)];
    expect(appends.decidedBy(entry(1, 1))).toEqual([]);
    expect(appends.decidedBy(entry(2, 1))).toEqual([first]);
    expect(appends.decidedBy(entry(3, 1))).toEqual([second]);
  });

  it('all appends of earlier terms, when it is the first of its own', () => {
    const appends = new ProposedRequests();
    const old = [propose(appends, 2, 2, 1), propose(appends, 3, 9, 1)];
    propose(appends, 3, 4, 5);
    expect(new Set(appends.decidedBy(entry(2, 5)))).toEqual(new Set(old));
  });

  it('each only as long as it waits', () => {
    const appends = new ProposedRequests();
    const [gone, other] = [propose(appends, 2, 2, 1), propose(appends, 2, 2, 3)];
    appends.forget(gone, phase(2, 2, 1));
    expect(appends.decidedBy(entry(2, 3))).toEqual([other]);
    appends.forget(other, phase(2, 2, 3));
    expect(appends.decidedBy(entry(2, 3))).toEqual([]);
  });
});

it('finds those that a snapshot goes past', () => {
  const appends = new ProposedRequests();
  const [first, second] = [propose(appends, 1, 2, 1), propose(appends, 3, 5, 1)];
  propose(appends, 6, 6, 1);
  expect(appends.coveredBy(5)).toEqual([first, second]);
  expect(appends.coveredBy(1)).toEqual([]);
});

describe('the judgement', () => {
  const append: ClientRequest = { kind: 'append', entries: [] };
  function judge(log: readonly LogEntry[], proposed: ProposedPhase, request = append) {
    const machine = new LogStateMachine();
    const fates = log.map((one) => machine.apply(one));
    return judgeRequest(request, proposed, log.at(-1) ?? entry(0, 0), fates.at(-1));
  }

  it('answers where it stands when its own last entry was applied', () => {
    const value = { kind: 'append', firstIndex: 1, lastIndex: 2, term: 3 };
    const log = [entry(1, 3, { more: true }), entry(2, 3, { continues: true })];
    expect(judge(log, phase(1, 2, 3))).toEqual({ kind: 'decided', result: { ok: true, value } });
  });

  it('finds a conflict when the condition failed, with the last client entry', () => {
    const refused = entry(2, 3, { expect: { prevLogIndex: 0, prevLogTerm: 0 } });
    expect(judge([entry(1, 3), refused], phase(2, 2, 3))).toMatchObject({
      result: { failure: { code: 'conflict', lastClientEntry: { index: 1, term: 3 } } },
    });
  });

  it('gives a repeated request the answer of the first', () => {
    const session = { sessionId: 1, sequence: 1, lowestOpen: 1 };
    const log = [entry(1, 3, { kind: 'session' }), entry(2, 3, { session }), entry(3, 3, { session })];
    const value = { kind: 'append', firstIndex: 2, lastIndex: 2, term: 3 };
    expect(judge(log, phase(3, 3, 3))).toEqual({ kind: 'decided', result: { ok: true, value } });
  });

  it.each([
    ['is not known', { sessionId: 9, sequence: 1, lowestOpen: 1 }],
    ['has the answer to request 1', { sessionId: 1, sequence: 1, lowestOpen: 1 }],
  ])('of a request whose session %s leaves open what happened before', (text, session) => {
    const later = entry(2, 3, { session: { sessionId: 1, sequence: 5, lowestOpen: 3 } });
    const log = [entry(1, 3, { kind: 'session' }), later, entry(3, 3, { session })];
    expect(judge(log, phase(3, 3, 3))).toMatchObject({
      result: { failure: { code: 'session-expired', message: expect.stringContaining(text) } },
    });
  });

  it('of a session or a retention is its index', () => {
    const opened = judge([entry(1, 3, { kind: 'session' })], phase(1, 1, 3), { kind: 'open-session' });
    expect(opened).toEqual({ kind: 'decided', result: { ok: true, value: { kind: 'open-session', sessionId: 1 } } });
    const request: ClientRequest = { kind: 'set-retention', retainEntries: 5 };
    const kept = judge([entry(1, 3, { kind: 'retention', retainEntries: 5 })], phase(1, 1, 3), request);
    expect(kept).toMatchObject({ result: { value: { kind: 'set-retention', index: 1 } } });
  });

  it.each([
    ['as a whole', phase(2, 2, 3)],
    ['and with it what would stand behind', phase(5, 6, 3)],
    ['though its first part stands in the log', phase(1, 2, 3)],
  ])('is that nothing took effect when another leader went on without it, %s', (_what, proposed) => {
    expect(judge([entry(1, 3, { more: true }), entry(2, 4)], proposed)).toMatchObject({
      kind: 'lost',
      failure: { code: 'leadership-lost' },
    });
  });
});
