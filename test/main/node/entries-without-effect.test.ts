import { expect, it } from 'vitest';
import { EntriesWithoutEffect } from '../../../main/node/entries-without-effect.ts';

const having = (entries: EntriesWithoutEffect, to: number): number[] =>
  Array.from({ length: to }, (_, at) => at + 1).filter((index) => entries.has(index));

function setUp(): EntriesWithoutEffect {
  const entries = new EntriesWithoutEffect();
  entries.add(2, 3);
  entries.add(4, 4);
  entries.add(7, 9);
  entries.add(11, 11);
  return entries;
}

it('knows each entry, and keeps neighbours together', () => {
  const entries = setUp();
  expect(having(entries, 12)).toEqual([2, 3, 4, 7, 8, 9, 11]);
  expect(entries.list()).toEqual([
    [2, 4],
    [7, 9],
    [11, 11],
  ]);
});

it('forgets what lies before an index, and nothing else', () => {
  const entries = setUp();
  entries.forgetBefore(2);
  expect(having(entries, 12)).toEqual([2, 3, 4, 7, 8, 9, 11]);
  entries.forgetBefore(8);
  expect(having(entries, 12)).toEqual([8, 9, 11]);
  entries.forgetBefore(10);
  expect(entries.list()).toEqual([[11, 11]]);
  entries.forgetBefore(99);
  expect(entries.list()).toEqual([]);
});

it('goes on from another list', () => {
  const entries = setUp();
  entries.replaceBy([[1, 1]]);
  entries.add(2, 2);
  expect(entries.list()).toEqual([[1, 2]]);
});
