import { describe, expect, it } from 'vitest';
import { SecondsFold, type SecondFigures } from '../../../../shared/projection/second-figures.ts';
import { rowAt, rowsOf } from '../../../../renderer/components/charts/chart-series.ts';
import {
  bucketSeconds,
  emptyBook,
  singleSecondsMax,
  withSeconds,
} from '../../../../renderer/components/charts/second-book.ts';

const quiet: SecondFigures = {
  second: 0,
  nodes: [
    { node: 0, sent: 4, received: 3, lost: 0 },
    { node: 1, sent: 2, received: 4, lost: 1 },
  ],
  bytes: 600,
  elections: 0,
  appended: 3,
  reads: 1,
  failed: 0,
  latencyNs: null,
  commitIndex: 1,
};
const second = (number: number, more: Partial<SecondFigures> = {}): SecondFigures => ({
  ...quiet,
  second: number,
  ...more,
});
const seconds = (from: number, to: number): SecondFigures[] =>
  Array.from({ length: to - from }, (_, place) => second(from + place));

describe('the book of seconds', () => {
  it('takes in what is new, and the newer word of what it has', () => {
    const book = withSeconds(withSeconds(emptyBook, seconds(5, 8)), [second(7, { appended: 9 }), second(9)]);
    expect(book.recent.map(({ second: number, appended }) => [number, appended])).toEqual([
      [5, 3],
      [6, 3],
      [7, 9],
      [9, 3],
    ]);
    expect(withSeconds(book, [])).toEqual(book);
  });

  it('puts old seconds together, in whole buckets and bounded', () => {
    let book = emptyBook;
    for (let from = 3; from < 3_003; from += 100) book = withSeconds(book, seconds(from, from + 100));
    expect(book.recent.length).toBeLessThanOrEqual(singleSecondsMax + bucketSeconds);
    expect(book.recent[0]?.second).toBe((book.older.at(-1)?.second ?? 0) + bucketSeconds);
    expect(new Set(book.older.map(({ second: from }) => from)).size).toBe(book.older.length);
    const appended = [...book.older, ...book.recent].reduce((sum, figures) => sum + figures.appended, 0);
    expect(appended).toBe(3 * 3_000);
  });
});

describe('rows of a chart', () => {
  it('have no hole, sums over nodes and rates', () => {
    const book = withSeconds(emptyBook, [second(5, { elections: 2 }), second(7)]);
    const rows = rowsOf(book, 'minute', 8);
    expect(rows.map(({ from }) => from)).toEqual([5, 6, 7, 8]);
    expect(rows[0]).toMatchObject({ sent: 6, lost: 1, appended: 3, reads: 1, elections: 2, p50: null, seconds: 1 });
    expect(rows[1]).toMatchObject({ sent: 0, appended: 0, elections: 0 });
    expect(rowsOf(emptyBook, 'all', 8)).toEqual([]);
  });

  it('tell latencies in milliseconds', () => {
    const fold = new SecondsFold();
    const outcome = { kind: 'appended', firstIndex: 1, lastIndex: 1, term: 1 } as const;
    const answered = { type: 'request-answered', requestId: 'r', target: 0, latencyNs: 4e6, outcome } as const;
    fold.take({ node: -1, boot: 1, sequence: 1, timeNs: 5e9, lamport: 1, ...answered });
    const rows = rowsOf(withSeconds(emptyBook, fold.running ? [fold.running] : []), 'minute', 5);
    expect(rows[0]?.p99).toBeCloseTo(4, 0);
  });

  it('are of the last minute, the last ten, or all, as many as can be drawn', () => {
    let book = emptyBook;
    for (let from = 0; from < 5_000; from += 500) book = withSeconds(book, seconds(from, from + 500));
    expect(rowsOf(book, 'minute', 4_999)).toHaveLength(60);
    expect(rowsOf(book, 'ten-minutes', 4_999)).toHaveLength(600);
    const all = rowsOf(book, 'all', 4_999);
    expect(all.length).toBeLessThanOrEqual(600);
    expect(all[0]).toMatchObject({ from: 0, seconds: 10, appended: 3 });
    expect(rowAt(all, 4_321)?.from).toBe(4_320);
    expect(rowAt(all, -1)).toBeUndefined();
  });
});
