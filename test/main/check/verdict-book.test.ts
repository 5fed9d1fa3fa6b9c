import { expect, it } from 'vitest';
import { VerdictBook } from '../../../main/check/verdict-book.ts';

it('tells the first violations, keeps the first reason, and puts broken above lost', () => {
  const book = new VerdictBook(['monotonic', 'durability', 'log-matching'], 1);
  const violation = { promise: 'monotonic', sentence: 'x', events: [] } as const;
  book.lose('monotonic', 'a gap');
  book.lose('durability', 'a gap');
  book.lose('durability', 'another gap');
  expect([book.add(violation), book.add(violation)]).toEqual([true, false]);
  expect(book.add({ ...violation, promise: 'exactly-once' })).toBe(false);
  expect(book.verdicts()).toEqual([
    { promise: 'monotonic', verdict: 'broken', violations: 2, reason: 'a gap' },
    { promise: 'durability', verdict: 'evidence-lost', violations: 0, reason: 'a gap' },
    { promise: 'log-matching', verdict: 'held', violations: 0 },
  ]);
});
