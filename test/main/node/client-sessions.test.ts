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
  expect([sessions.open(1), sessions.open(2)]).toEqual([[], []]);
  sessions.use(stamp(1, 1), 3);
  expect(sessions.open(4)).toMatchObject([{ id: 2, lastUsed: 2 }]);
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

it('lets sessions go that were used longest ago when all together remember too much', () => {
  const sessions = new ClientSessions(10, 4);
  for (const id of [1, 2, 3]) sessions.open(id);
  const use = (sessionId: number, sequence: number, lowestOpen = 1): readonly number[] => {
    sessions.use(stamp(sessionId, sequence, lowestOpen), 10);
    return sessions.remember(stamp(sessionId, sequence), outcome).map(({ id }) => id);
  };
  expect([use(1, 1), use(1, 2), use(3, 1), use(2, 1)]).toEqual([[], [], [], []]);
  // What a client has let go makes room.
  expect([use(3, 2, 2), use(3, 3, 2)]).toEqual([[], [1]]);
  // Taken over from a snapshot, it counts on; and the one that speaks is never the one that goes.
  const taken = new ClientSessions(10, 4);
  taken.replaceBy(sessions.list());
  taken.use(stamp(3, 4), 11);
  expect(taken.remember(stamp(3, 4), outcome)).toEqual([]);
  taken.use(stamp(3, 5), 12);
  expect(taken.remember(stamp(3, 5), outcome).map(({ id }) => id)).toEqual([2]);
  for (const sequence of [6, 7]) expect(taken.remember(stamp(3, sequence), outcome)).toEqual([]);
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
