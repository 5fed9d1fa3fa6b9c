import { expect, it } from 'vitest';
import { HistoryBook } from '../../../../main/check/history/history-book.ts';
import type { RuleId } from '../../../../shared/rules.ts';
import { append, read } from '../../../support/history-story.ts';

it('tells of an operation once for each promise, names the rule that guards it, and is empty when all was taken', () => {
  const book = new HistoryBook(9);
  const [first, second] = [append(1, [0, 1]), read(0, [2, 3], [])];
  book.report('linearizability', [first, undefined, second], 'x');
  book.report('linearizability', [first], 'y');
  book.report('exactly-once', [first], 'z');
  expect(book.hasViolations).toBe(true);
  expect(book.take()).toEqual([
    {
      promise: 'linearizability',
      rule: 'read-index-confirms',
      sentence: 'x',
      requestIds: ['append-1', 'linearizable-read-at-2'],
      events: [],
    },
    { promise: 'exactly-once', rule: 'client-dedupe', sentence: 'z', requestIds: ['append-1'], events: [] },
  ]);
  expect([book.hasViolations, book.take()]).toEqual([false, []]);
});

it('names the latest event of each', () => {
  const book = new HistoryBook(9);
  const events = [1, 2].map((sequence) => ({ node: -1, boot: 1, sequence }));
  book.report('linearizability', [{ kind: 'append', requestId: 'a', events }], 'x');
  expect(book.take()).toMatchObject([{ events: [{ sequence: 2 }] }]);
});

it('names a rule that was passed over, where it guards the promise', () => {
  const waived: RuleId[] = [];
  const book = new HistoryBook(9, () => waived);
  waived.push('read-waits-for-own-term-commit', 'joint-majorities');
  book.report('linearizability', [append(1, [0, 1])], 'x', 'own-term-commit');
  book.report('exactly-once', [append(1, [0, 1])], 'x');
  expect(book.take().map(({ rule }) => rule)).toEqual(['read-waits-for-own-term-commit', 'client-dedupe']);
});
