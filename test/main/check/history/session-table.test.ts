import { describe, expect, it } from 'vitest';
import { noFloors } from '../../../../main/check/history/floors.ts';
import { LogicalAppend } from '../../../../main/check/history/logical-append.ts';
import { SessionTable } from '../../../../main/check/history/session-table.ts';
import type { SessionStamp } from '../../../../shared/log-entry.ts';

function sent(table: SessionTable, session: SessionStamp, isAnswered = true): LogicalAppend {
  const party = { kind: 'append', requestId: `${session.sequence}` } as const;
  const append = new LogicalAppend({ party, invokedNs: 0, floors: noFloors }, { digests: [1], session });
  if (isAnswered) append.first.outcome = { kind: 'ok', firstIndex: 1, lastIndex: 1, term: 1 };
  table.add(session, append);
  return append;
}

const stamp = (sessionId: number, sequence: number, lowestOpen = 1): SessionStamp => ({
  sessionId,
  sequence,
  lowestOpen,
});

describe('the requests of sessions', () => {
  it('are found again', () => {
    const table = new SessionTable(Infinity);
    const first = sent(table, stamp(3, 1));
    expect(table.find(stamp(3, 1))).toBe(first);
    expect([table.find(stamp(3, 2)), table.find(stamp(4, 1))]).toEqual([undefined, undefined]);
  });

  it('are forgotten when their client will not ask again, but for those that wait', () => {
    const table = new SessionTable(3);
    const waiting = sent(table, stamp(3, 1), false);
    sent(table, stamp(3, 2));
    const third = sent(table, stamp(3, 3, 3));
    const fourth = sent(table, stamp(9, 1));
    expect([table.find(stamp(3, 2)), table.find(stamp(3, 1))]).toEqual(['forgotten', 'forgotten']);
    // Whole sessions make room when that is not enough.
    expect([waiting.isWaiting, table.find(stamp(3, 3)), table.find(stamp(9, 1))]).toEqual([true, 'forgotten', fourth]);
    expect(third.isWaiting).toBe(false);
  });

  it('are forgotten one by one first', () => {
    const table = new SessionTable(4);
    for (let sequence = 1; sequence <= 4; sequence++) sent(table, stamp(3, sequence));
    const fifth = sent(table, stamp(3, 5, 5));
    expect([table.find(stamp(3, 4)), table.find(stamp(3, 5)), table.find(stamp(3, 6))]).toEqual([
      'forgotten',
      fifth,
      undefined,
    ]);
  });
});
