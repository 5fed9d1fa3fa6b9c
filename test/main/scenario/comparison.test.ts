import { expect, it } from 'vitest';
import { compare, count, duration } from '../../../main/scenario/comparison.ts';

it('reads numbers with a sign, in signs or in words', () => {
  expect(count.parse(5)).toEqual({ sign: '>=', number: 5 });
  expect(count.parse('at most 3')).toEqual({ sign: '<=', number: 3 });
  expect(
    ['≥ 1', 'at least 1', '> 1', 'more than 1', 'above 1', '<1', 'below 1', 'less than 1', '≤ 1', '= 1'].map(
      (text) => count.parse(text).sign,
    ),
  ).toEqual(['>=', '>=', '>', '>', '>', '<', '<', '<', '<=', '=']);
  expect(duration.parse('< 2 s')).toEqual({ sign: '<', number: 2_000 });
});

it('says what it expects', () => {
  expect(count.safeParse('many').error?.issues[0]?.message).toMatch(/^expected a number, perhaps with a sign/);
  expect(count.safeParse([]).error?.issues[0]?.message).toMatch(/^expected a number/);
  expect(duration.safeParse('5').error?.issues[0]?.message).toMatch(/^expected a time with a unit/);
});

it('compares', () => {
  const holds = (sign: Parameters<typeof compare>[1]['sign']): boolean[] =>
    [1, 2, 3].map((actual) => compare(actual, { sign, number: 2 }));
  expect(holds('>=')).toEqual([false, true, true]);
  expect(holds('>')).toEqual([false, false, true]);
  expect(holds('<=')).toEqual([true, true, false]);
  expect(holds('<')).toEqual([true, false, false]);
  expect(holds('=')).toEqual([false, true, false]);
});
