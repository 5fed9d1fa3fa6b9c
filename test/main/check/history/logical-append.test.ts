import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../../main/check/check-history.ts';
import type { AppendOperation, Operation } from '../../../../main/check/contract.ts';
import { HistoryBook } from '../../../../main/check/history/history-book.ts';
import { logicalAppends } from '../../../../main/check/history/logical-appends.ts';
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
    expect(logicalAppends(sends, new HistoryBook(9))).toMatchObject([
      { invokedNs: 0, completedNs: 30, outcome: 'ok', place: { firstIndex: 1 } },
    ]);
    expect(violations([...sends, read(1, [6, 8], [1])])).toEqual([]);
  });

  it('leave out what certainly had no effect', () => {
    const failed = send('a', 1, [0, 5], { outcome: { kind: 'failed', code: 'no-leader' } });
    const sends = [failed, send('b', 1, [20, 30])];
    expect(logicalAppends(sends, new HistoryBook(9))).toMatchObject([{ invokedNs: 20 }]);
    expect(violations([...sends, read(1, [6, 8], [1])])).toHaveLength(1);
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
    const other = append(1, [6, 9]);
    expect(violations([...refusals, other])).toEqual([]);
  });

  it('are many appends without a session', () => {
    expect(logicalAppends([append(1, [0, 1]), append(2, [0, 1])], new HistoryBook(9))).toHaveLength(2);
  });
});
