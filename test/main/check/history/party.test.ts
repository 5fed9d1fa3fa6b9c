import { expect, it } from 'vitest';
import { nameOf, promiseOfContents } from '../../../../main/check/history/party.ts';
import { append, read } from '../../../support/history-story.ts';

it('is named by its request and its client', () => {
  expect(nameOf(append(1, [0, 1]))).toBe('append append-1');
  expect(nameOf({ ...append(1, [0, 1]), client: 3 })).toBe('append append-1 of client 3');
});

it('breaks by wrong contents what a read of its mode promises', () => {
  const reads = (['linearizable', 'lease', 'local'] as const).map((mode) => read(0, [0, 1], [], mode));
  expect(reads.map(promiseOfContents)).toEqual(['linearizability', 'linearizability', 'local-reads']);
  expect(promiseOfContents(undefined)).toBe('linearizability');
});
