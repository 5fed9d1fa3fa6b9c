import { expect, it } from 'vitest';
import type { ClientAnswer } from '../../../shared/client-request.ts';
import type { Result } from '../../../shared/result.ts';
import { makePayload } from '../../../main/sim/payload.ts';
import { startWithLeader } from '../../support/sim-cluster.ts';

it('reports what is asked and answered, with the numbers of the payloads', () => {
  const { desk, leader, events, runFor } = startWithLeader();
  const answers: Result<ClientAnswer>[] = [];
  const take = (answer: Result<ClientAnswer>): void => void answers.push(answer);
  desk.ask(leader, 4, { kind: 'append', entries: [makePayload(9, 8), makePayload(10, 30)] }, 1_000, take);
  runFor(100);
  desk.ask(leader, 4, { kind: 'index-range', startIndex: 0, endIndex: 99 }, 1_000, take);
  runFor(100);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  const told = events.filter(({ type }) => type === 'request-sent' || type === 'request-answered');
  expect(told).toMatchObject([
    { requestId: '1', client: 4, request: { kind: 'append', entryCount: 2, payloadBytes: 38, digests: [9, 10] } },
    { requestId: '1', outcome: { kind: 'appended' } },
    { requestId: '2', request: { kind: 'index-range', read: 'linearizable' } },
    { requestId: '2', outcome: { kind: 'range', entryCount: 2, entries: [{ digest: 9 }, { digest: 10 }] } },
  ]);
  expect(desk.sent).toBe(2);
});

it('gives up on a node that is silent, and does not hear what it says later', () => {
  const { desk, leader, events, runFor } = startWithLeader();
  const answers: Result<ClientAnswer>[] = [];
  leader.pause();
  desk.ask(leader, 1, { kind: 'append', entries: [makePayload(1, 8)] }, 200, (answer) => answers.push(answer));
  runFor(1_000);
  leader.resume();
  runFor(1_000);
  expect(answers).toMatchObject([{ ok: false, failure: { code: 'timed-out' } }]);
  expect(events.filter(({ type }) => type === 'request-answered')).toHaveLength(1);
});

it('remembers retentions for the check of the history', () => {
  const { desk, leader, runFor } = startWithLeader();
  const answers: Result<ClientAnswer>[] = [];
  desk.ask(leader, 1, { kind: 'set-retention', retainEntries: 5 }, 500, (answer) => answers.push(answer));
  runFor(100);
  expect(answers).toMatchObject([{ ok: true, value: { kind: 'set-retention' } }]);
  expect(desk.retentions).toMatchObject([{ kind: 'set-retention', retainEntries: 5, client: 1 }]);
});
