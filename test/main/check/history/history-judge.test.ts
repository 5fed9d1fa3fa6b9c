import { expect, it } from 'vitest';
import { HistoryBook } from '../../../../main/check/history/history-book.ts';
import { HistoryJudge } from '../../../../main/check/history/history-judge.ts';
import { noLimits } from '../../../../main/check/history/history-limits.ts';

function judge(): { readonly judge: HistoryJudge; readonly book: HistoryBook } {
  const book = new HistoryBook(9);
  return { book, judge: new HistoryJudge({ limits: noLimits, book, isDrifting: () => false }) };
}

const party = (requestId: string) => ({ kind: 'append', requestId }) as const;

it('compares what is asked with what was answered by then', () => {
  const { judge: one, book } = judge();
  const first = one.appends.ask(party('a'), { digests: [1] }, 0);
  one.appends.answer(first, { kind: 'ok', firstIndex: 5, lastIndex: 5, term: 1 }, 10);
  const second = one.appends.ask(party('b'), { digests: [2] }, 20);
  one.appends.answer(second, { kind: 'ok', firstIndex: 4, lastIndex: 4, term: 1 }, 30);
  expect(book.take()).toMatchObject([{ requestIds: ['b', 'a'] }]);
  expect(one.counts).toEqual({ appends: 2, unknown: 0, revealed: 0, refused: 0, reads: 0 });
});

it('holds nothing against anybody that requests which are missing could explain', () => {
  const { judge: one, book } = judge();
  one.lose('a test');
  const range = { mode: 'linearizable', startIndex: 1, endIndex: 9 } as const;
  const read = one.askRead({ ...party('r'), kind: 'read' }, range, 0);
  const entries = [{ index: 1, term: 1, digest: 7 }];
  one.reads.answer(read, { kind: 'ok', appliedIndex: 1, entryCount: 1, entries }, 10);
  one.finish(undefined);
  expect([book.take(), one.counts.reads]).toEqual([[], 1]);
  expect(one.verdicts()).toMatchObject([{ verdict: 'evidence-lost', reason: 'a test' }, {}, {}, {}]);
});
