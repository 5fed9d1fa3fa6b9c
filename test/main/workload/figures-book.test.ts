import { expect, it } from 'vitest';
import { FiguresBook } from '../../../main/workload/figures-book.ts';

it('counts each stretch by itself, and all of them', () => {
  const book = new FiguresBook(1_000);
  book.note('answered', 2_000_000);
  book.note('failed', 9_000_000);
  const first = book.endStretch(3_000);
  expect(first).toMatchObject({ spanNs: 2_000, answered: 1, failed: 1, unknown: 0 });
  // What failed has no say in it.
  expect(Math.abs(first.p99Ns / 2_000_000 - 1)).toBeLessThan(0.05);
  book.note('unknown', 1);
  book.note('answered', 8_000_000);
  const second = book.endStretch(6_000);
  expect(second).toMatchObject({ spanNs: 3_000, answered: 1, failed: 0, unknown: 1 });
  const total = book.total(6_000);
  expect(total).toMatchObject({ spanNs: 5_000, answered: 2, failed: 1, unknown: 1, p50Ns: first.p50Ns });
  expect(total.p99Ns).toBe(second.p99Ns);
});

it('says 0 where nothing was answered', () => {
  expect(new FiguresBook(0).endStretch(5)).toEqual({
    spanNs: 5,
    answered: 0,
    failed: 0,
    unknown: 0,
    p50Ns: 0,
    p99Ns: 0,
  });
});
