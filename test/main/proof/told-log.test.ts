import { expect, it } from 'vitest';
import { findProblems, isSameLog } from '../../../main/proof/told-log.ts';

const entry = (text: string, index: number, term = 1) => ({
  index,
  term,
  kind: 'client' as const,
  payload: new TextEncoder().encode(text),
});

it('says what is gone, elsewhere, twice or out of nowhere', () => {
  const told = new Map([
    ['a', { index: 1, term: 1 }],
    ['b', { index: 2, term: 1 }],
    ['c', { index: 3, term: 1 }],
  ]);
  expect(findProblems(0, [entry('a', 1), entry('b', 2), entry('c', 3), entry('d', 4)], told, new Set(['d']))).toEqual(
    [],
  );
  expect(findProblems(7, [entry('a', 1), entry('c', 2), entry('c', 3, 2), entry('x', 4)], told, new Set())).toEqual([
    'node 7 holds "c" twice, at 2 and 3',
    'node 7 holds "x", which nobody appended',
    'node 7: "b" was acknowledged at 2 of term 1, but it is gone',
    'node 7: "c" was acknowledged at 3 of term 1, but it stands at 3 of term 2',
  ]);
});

it('compares two logs entry by entry', () => {
  const log = [entry('a', 1), entry('b', 2)];
  expect(isSameLog(log, [entry('a', 1), entry('b', 2)])).toBe(true);
  expect(
    [log.slice(1), [entry('a', 1), entry('c', 2)], [entry('a', 1), entry('b', 2, 3)]].map((other) =>
      isSameLog(log, other),
    ),
  ).toEqual([false, false, false]);
});
