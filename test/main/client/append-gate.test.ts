import { expect, it } from 'vitest';
import { AppendGate } from '../../../main/client/append-gate.ts';
import { createPending, type PendingRequest } from '../../../main/client/pending-request.ts';
import type { ClientAnswer } from '../../../shared/client-request.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import { failed } from '../../support/client-world.ts';

interface Gate {
  readonly gate: AppendGate;
  readonly answers: ((result: Result<ClientAnswer>) => void)[];
  readonly told: (Failure | 'opened')[];
}

function begin(): Gate {
  const answers: Gate['answers'] = [];
  const told: Gate['told'] = [];
  const gate = new AppendGate({
    open: (done) => answers.push(done),
    onOpened: () => told.push('opened'),
    onRefused: (failure) => told.push(failure),
  });
  return { gate, answers, told };
}

function append(number: number): PendingRequest {
  return createPending(number, { kind: 'append', entries: [new Uint8Array(1)] }, 1_000, 0, () => {});
}

const session = (sessionId: number): Result<ClientAnswer> => ({ ok: true, value: { kind: 'open-session', sessionId } });

it('opens one session when somebody waits, and lets through in order', () => {
  const { gate, answers, told } = begin();
  expect(gate.next()).toBeUndefined();
  expect(answers).toHaveLength(0);
  const answered = append(1);
  answered.isAnswered = true;
  for (const pending of [answered, append(2), append(3)]) gate.push(pending);
  expect([gate.next(), gate.next()]).toEqual([undefined, undefined]);
  expect(answers).toHaveLength(1);
  answers[0]?.(session(9));
  expect(told).toEqual(['opened']);
  expect([gate.next(), gate.next()].map((pending) => [pending?.number, pending?.sequence])).toEqual([
    [2, 1],
    [3, 2],
  ]);
  expect(gate.isEmpty).toBe(true);
});

it('opens another one when that has expired, but not for an older one', () => {
  const { gate, answers } = begin();
  gate.push(append(1));
  gate.next();
  answers[0]?.(session(9));
  const first = gate.next()?.session;
  if (first) gate.onExpired(first);
  expect(gate.sessionId).toBeNull();
  gate.push(append(2));
  gate.next();
  answers[1]?.(session(10));
  if (first) gate.onExpired(first);
  expect(gate.sessionId).toBe(10);
});

it('asks again after what time may mend, and passes on what it may not', () => {
  const { gate, answers, told } = begin();
  gate.push(append(1));
  gate.next();
  answers[0]?.(failed('no-leader'));
  expect(told).toEqual(['opened']);
  expect(gate.lastFailure?.code).toBe('no-leader');
  gate.next();
  answers[1]?.(failed('refused'));
  expect(told[1]).toMatchObject({ code: 'refused' });
  expect([...gate.drain()].map(({ number }) => number)).toEqual([1]);
});
