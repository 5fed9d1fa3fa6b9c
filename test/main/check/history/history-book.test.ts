import { expect, it } from 'vitest';
import { HistoryBook, nameOf } from '../../../../main/check/history/history-book.ts';
import { append, read } from '../../../support/history-story.ts';

it('tells of an operation once for each promise, and names the rule that guards it', () => {
  const book = new HistoryBook(9);
  const [first, second] = [append(1, [0, 1]), read(0, [2, 3], [])];
  book.report('linearizability', [first, second], 'x');
  book.report('linearizability', [first], 'y');
  book.report('exactly-once', [first], 'z');
  expect(book.violations).toEqual([
    {
      promise: 'linearizability',
      rule: 'read-index-confirms',
      sentence: 'x',
      requestIds: ['append-1', 'linearizable-read-at-2'],
      events: [],
    },
    { promise: 'exactly-once', rule: 'client-dedupe', sentence: 'z', requestIds: ['append-1'], events: [] },
  ]);
  expect(nameOf({ ...first, client: 3 })).toBe('append append-1 of client 3');
});

it('names a rule that was passed over, where it guards the promise', () => {
  const book = new HistoryBook(9, ['read-waits-for-own-term-commit', 'joint-majorities']);
  book.report('linearizability', [append(1, [0, 1])], 'x', 'own-term-commit');
  book.report('exactly-once', [append(1, [0, 1])], 'x');
  expect(book.violations.map(({ rule }) => rule)).toEqual(['read-waits-for-own-term-commit', 'client-dedupe']);
});
