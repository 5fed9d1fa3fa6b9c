import { expect, it } from 'vitest';
import { alike, namesOf, reasonOf, startsSentence, told } from '../../../../shared/projection/explain/words.ts';

it('names nodes', () => {
  expect([[], [1], [0, 2], [0, 1, 2]].map((ids) => namesOf(ids))).toEqual([
    'node ?',
    'node 1',
    'nodes 0 and 2',
    'nodes 0, 1 and 2',
  ]);
});

it('names those together of which the same is said', () => {
  const down = { one: 'is down', several: 'are down' };
  const is = [down, alike('waits'), down].map((what, id) => ({ id, what }));
  expect(startsSentence(told(is))).toBe('Nodes 0 and 2 are down; node 1 waits');
});

it('ends a reason with one full stop, and its rule', () => {
  expect(reasonOf({ reason: 'I wait.' })).toBe(': I wait.');
  expect(reasonOf({ reason: 'I wait', rule: 'pre-vote' })).toBe(': I wait [D§9.6 pre-vote].');
  expect(reasonOf({ reason: '', rule: null })).toBe('.');
});
