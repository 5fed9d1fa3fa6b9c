import { describe, expect, it } from 'vitest';
import type { ClientAnswer, ClientRequest } from '../../../shared/client-request.ts';
import { answerAtOnce as answerAtOnceAt } from '../../../main/node/immediate-answer.ts';
import { LogStateMachine } from '../../../main/node/log-state-machine.ts';
import type { Asker } from '../../../main/node/waiting-request.ts';
import type { NodeId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';

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

/** What server 0 says to who asks it, a member unless said otherwise. */
function answerAtOnce(
  waiting: { asker: Asker; request: ClientRequest; mayTakeEffect?: boolean },
  machine: LogStateMachine,
  leaderId: NodeId | null,
  isMember = true,
): Result<ClientAnswer> | undefined {
  return answerAtOnceAt(
    { mayTakeEffect: false, ...waiting },
    { machine, host: { isMember: () => isMember } },
    0,
    leaderId,
  );
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
    expect(answerAtOnce({ asker: client, request: append(1) }, machineWithSession(), leaderId)).toEqual({
      ok: true,
      value: { kind: 'append', firstIndex: 2, lastIndex: 2, term: 1 },
    });
  });

  it('that is not decided waits', () => {
    expect(answerAtOnce({ asker: client, request: append(2) }, machineWithSession(), 0)).toBeUndefined();
  });
});

describe('a server that does not lead', () => {
  const machine = new LogStateMachine();

  it('takes nothing that was passed on to it', () => {
    const failure = expect.objectContaining({ code: 'no-leader' });
    expect(answerAtOnce({ asker: node, request: append(1) }, machine, 1)).toEqual({ ok: false, failure });
    expect(answerAtOnce({ asker: node, request: append(1) }, machine, null)).toEqual({ ok: false, failure });
    expect(answerAtOnce({ asker: node, request: append(1) }, machine, 0)).toBeUndefined();
  });

  it('names the leader for what only that one does, and waits when there is none', () => {
    const request: ClientRequest = { kind: 'open-session' };
    expect(answerAtOnce({ asker: client, request }, machine, 1)).toMatchObject({ failure: { leaderId: 1 } });
    expect(answerAtOnce({ asker: client, request }, machine, null)).toBeUndefined();
    expect(answerAtOnce({ asker: client, request }, machine, 0)).toBeUndefined();
  });

  it('passes appends on and has reads confirmed', () => {
    const read: ClientRequest = { kind: 'index-range', startIndex: 0, endIndex: 1 };
    expect(answerAtOnce({ asker: client, request: append(1) }, machine, 1)).toBeUndefined();
    expect(answerAtOnce({ asker: client, request: read }, machine, 1)).toBeUndefined();
  });
});

describe('a server that is no member', () => {
  const machine = new LogStateMachine();
  const waiting = { asker: client, request: append(1) };

  it('says so at once, and does not wait for a leader that will not write to it', () => {
    const failure = { code: 'no-leader', message: expect.stringContaining('no member') };
    expect(answerAtOnce(waiting, machine, null, false)).toMatchObject({ failure });
  });

  it('waits with what may take effect, and passes on what it can', () => {
    expect(answerAtOnce({ ...waiting, mayTakeEffect: true }, machine, null, false)).toBeUndefined();
    expect(answerAtOnce(waiting, machine, 1, false)).toBeUndefined();
  });
});
