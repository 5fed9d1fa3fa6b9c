import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { AppendOperation, Operation } from '../../../../main/check/contract.ts';
import { noFloors } from '../../../../main/check/history/floors.ts';
import { LogicalAppend } from '../../../../main/check/history/logical-append.ts';
import { append, finalLog, read, refused, unknown } from '../../../support/history-story.ts';

const session = { sessionId: 9, sequence: 1, lowestOpen: 1 };

function send(
  requestId: string,
  index: number,
  span: readonly [number, number],
  more: Partial<AppendOperation> = {},
): AppendOperation {
  return append(index, span, { requestId, session, digests: [1], ...more });
}

const violations = (operations: readonly Operation[]): readonly string[] =>
  checkHistory(operations, { finalLog: finalLog(1) }).violations.map(
    ({ promise, sentence }) => `${promise}: ${sentence}`,
  );

describe('the sends of one request of a session', () => {
  it('are one append, from the first send to the first answer', () => {
    const sends = [send('b', 1, [20, 30]), send('a', 1, [0, 5], unknown), send('c', 1, [40, 50])];
    expect(checkHistory(sends).counts).toMatchObject({ appends: 1, unknown: 0 });
    expect(violations([...sends, read(1, [6, 8], [1])])).toEqual([]);
  });

  it('leave out what certainly had no effect', () => {
    const failed = send('a', 1, [0, 5], { outcome: { kind: 'failed', code: 'no-leader' } });
    expect(violations([failed, send('b', 1, [20, 30]), read(1, [6, 8], [1])])).not.toEqual([]);
    expect(violations([failed, send('b', 1, [20, 30]), read(1, [21, 28], [1])])).toEqual([]);
  });

  it('leave it out also when it is known only after the answer', () => {
    const late = send('a', 1, [0, 50], { outcome: { kind: 'failed', code: 'no-leader' } });
    const other = append(2, [6, 8]);
    const log = { ...finalLog(1, 2) };
    expect(checkHistory([late, other, send('b', 1, [20, 30])], { finalLog: log }).violations).toHaveLength(1);
    const lost = { ...late, outcome: { kind: 'unknown' } } as const;
    expect(checkHistory([lost, other, send('b', 1, [20, 30])], { finalLog: log }).violations).toEqual([]);
  });

  it('are all answered alike', () => {
    expect(violations([send('a', 1, [0, 5]), send('b', 2, [20, 30])])).toMatchObject([
      expect.stringMatching(/^exactly-once: The same request 1 of session 9 was answered with entries 1 to 1/),
    ]);
    const refusal = { ...refused('b', [20, 30], 0, 1), session };
    expect(violations([send('a', 1, [0, 5]), refusal])).toMatchObject([
      expect.stringContaining('a refusal at entry 1'),
    ]);
  });

  it('are refused together', () => {
    const refusals = [
      { ...refused('a', [0, 5], 3, 0), session },
      { ...refused('b', [20, 30], 3, 0), session },
    ];
    expect(violations([...refusals, append(1, [6, 9])])).toEqual([]);
  });

  it('are many appends without a session', () => {
    expect(checkHistory([append(1, [0, 1]), append(2, [0, 1])]).counts.appends).toBe(2);
  });
});

it('begins with the first send that may have done it, and waits while one has no answer', () => {
  const party = { kind: 'append', requestId: 'a' } as const;
  const one = new LogicalAppend({ party, invokedNs: 1, floors: noFloors }, { digests: [1], session });
  const again = one.add({ ...party, requestId: 'b' }, 9, noFloors);
  expect([one.begin(), one.isWaiting, one.invokedNs]).toEqual([false, true, 1]);
  one.first.outcome = { kind: 'failed', code: 'no-leader' };
  expect([one.begin(), one.isWaiting, one.invokedNs, one.party.requestId]).toEqual([true, true, 9, 'b']);
  again.outcome = { kind: 'failed', code: 'no-leader' };
  expect([one.begin(), one.isWaiting]).toEqual([undefined, false]);
});
