import { describe, expect, it } from 'vitest';
import type { ClientRequest } from '../../../shared/client-request.ts';
import { answerAtOnce } from '../../../main/node/immediate-answer.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import type { Asker } from '../../../main/node/waiting-request.ts';

const client: Asker = { kind: 'client', requestId: 'a' };
const node: Asker = { kind: 'node', node: 2, round: 1 };
const payload = new Uint8Array();
const session = { sessionId: 1, sequence: 1, lowestOpen: 1 };

/** A session in which request 1 is decided. */
function machineWithSession(): LogStateMachine {
  const machine = new LogStateMachine();
  machine.apply({ index: 1, term: 1, kind: 'session', payload });
  machine.apply({ index: 2, term: 1, kind: 'client', payload, session });
  return machine;
}

const append = (sequence: number): ClientRequest => {
  return { kind: 'append', entries: [payload], session: { ...session, sequence } };
};

describe('a repeated append', () => {
  it.each([
    ['the leader', 0],
    ['another server', 1],
    ['a server without a leader', null],
  ])('that is decided gets its answer from %s', (_who, leaderId) => {
    expect(answerAtOnce({ asker: client, request: append(1) }, machineWithSession(), 0, leaderId)).toEqual({
      ok: true,
      value: { kind: 'append', firstIndex: 2, lastIndex: 2, term: 1 },
    });
  });

  it('that is not decided waits', () => {
    expect(answerAtOnce({ asker: client, request: append(2) }, machineWithSession(), 0, 0)).toBeUndefined();
  });
});

describe('a server that does not lead', () => {
  const machine = new LogStateMachine();

  it('takes nothing that was passed on to it', () => {
    const failure = expect.objectContaining({ code: 'no-leader' });
    expect(answerAtOnce({ asker: node, request: append(1) }, machine, 0, 1)).toEqual({ ok: false, failure });
    expect(answerAtOnce({ asker: node, request: append(1) }, machine, 0, null)).toEqual({ ok: false, failure });
    expect(answerAtOnce({ asker: node, request: append(1) }, machine, 0, 0)).toBeUndefined();
  });

  it('names the leader for what only that one does, and waits when there is none', () => {
    const request: ClientRequest = { kind: 'open-session' };
    expect(answerAtOnce({ asker: client, request }, machine, 0, 1)).toMatchObject({ failure: { leaderId: 1 } });
    expect(answerAtOnce({ asker: client, request }, machine, 0, null)).toBeUndefined();
    expect(answerAtOnce({ asker: client, request }, machine, 0, 0)).toBeUndefined();
  });

  it('passes appends on and has reads confirmed', () => {
    const read: ClientRequest = { kind: 'index-range', startIndex: 0, endIndex: 1 };
    expect(answerAtOnce({ asker: client, request: append(1) }, machine, 0, 1)).toBeUndefined();
    expect(answerAtOnce({ asker: client, request: read }, machine, 0, 1)).toBeUndefined();
  });
});
