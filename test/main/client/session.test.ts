import { expect, it } from 'vitest';
import { ClientSession } from '../../../main/client/session.ts';
import { limits } from '../../../shared/cluster-config.ts';

it('numbers from 1, and names the lowest number without an answer', () => {
  const session = new ClientSession(7);
  expect([session.take(), session.take(), session.take()]).toEqual([1, 2, 3]);
  session.release(2);
  expect(session.stamp(3)).toEqual({ sessionId: 7, sequence: 3, lowestOpen: 1 });
  session.release(1);
  expect(session.stamp(3)).toEqual({ sessionId: 7, sequence: 3, lowestOpen: 3 });
  session.release(3);
  expect(session.stamp(session.take())).toEqual({ sessionId: 7, sequence: 4, lowestOpen: 4 });
});

it('has room for a window, counted from the lowest open one', () => {
  const session = new ClientSession(7);
  for (let count = 0; count < limits.sessionWindowMax; count += 1) session.take();
  expect(session.hasRoom).toBe(false);
  session.release(2);
  expect(session.hasRoom).toBe(false);
  session.release(1);
  expect([session.hasRoom, session.take(), session.take(), session.hasRoom]).toEqual([true, 1_025, 1_026, false]);
  expect(() => session.take()).toThrow('room');
});
