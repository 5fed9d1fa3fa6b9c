import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { ClientSessions, type RequestOutcome } from '../../../main/node/client-sessions.ts';

const stamp = (sessionId: number, sequence: number, lowestOpen = 1) => ({ sessionId, sequence, lowestOpen });
const outcome: RequestOutcome = { kind: 'appended', firstIndex: 5, lastIndex: 5, term: 1 };

it('knows new requests, answered ones, those that are over, and strangers', () => {
  const sessions = new ClientSessions();
  sessions.open(1);
  expect(sessions.find(stamp(1, 1))).toBe('new');
  sessions.remember(stamp(1, 1), outcome);
  expect(sessions.find(stamp(1, 1))).toBe(outcome);
  sessions.use(stamp(1, 3, 2), 6);
  expect(sessions.find(stamp(1, 1))).toBe('forgotten');
  expect(sessions.find(stamp(1, 2))).toBe('new');
  expect(sessions.find(stamp(2, 1))).toBe('expired');
});

it('lets the one go that was used longest ago', () => {
  const sessions = new ClientSessions(2);
  expect([sessions.open(1), sessions.open(2)]).toEqual([undefined, undefined]);
  sessions.use(stamp(1, 1), 3);
  expect(sessions.open(4)).toMatchObject({ id: 2, lastUsed: 2 });
  expect(sessions.list().map(({ id, lastUsed }) => [id, lastUsed])).toEqual([
    [1, 3],
    [4, 4],
  ]);
});

it('keeps no more outcomes than the window of its client', () => {
  const sessions = new ClientSessions();
  sessions.open(1);
  for (let sequence = 1; sequence < 5_000; sequence++) {
    const lowestOpen = Math.max(1, sequence - limits.sessionWindowMax + 1);
    sessions.use(stamp(1, sequence, lowestOpen), sequence + 1);
    sessions.remember(stamp(1, sequence), outcome);
  }
  expect(sessions.list()[0]?.outcomes.size).toBe(limits.sessionWindowMax);
});

it('ignores what belongs to no session, and never forgets backwards', () => {
  const sessions = new ClientSessions();
  sessions.use(stamp(9, 1), 2);
  sessions.remember(stamp(9, 1), outcome);
  expect(sessions.list()).toEqual([]);
  sessions.open(1);
  sessions.use(stamp(1, 5, 4), 2);
  sessions.use(stamp(1, 5, 2), 3);
  expect(sessions.list()[0]?.lowestOpen).toBe(4);
});
