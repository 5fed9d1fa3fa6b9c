/** Summaries as they stand in a file. */
import { expect, it } from 'vitest';
import { ChunkFold } from '../../../main/session/chunk-fold.ts';
import { isStoredSummary, summaryOf } from '../../../main/session/chunk-summary.ts';
import { firstKeyframe } from '../../../main/session/keyframe.ts';
import { pack, unpack } from '../../../main/session/pack.ts';
import { wholeStory } from '../../support/kept-stream.ts';

const fold = new ChunkFold(firstKeyframe);
for (const event of wholeStory().slice(0, 300)) fold.take(event);
const stored = fold.summary();

it('are read as they were written', () => {
  const read = unpack(pack(stored));
  expect(isStoredSummary(read)).toBe(true);
  expect(read).toEqual(stored);
  expect(summaryOf(stored).kinds.list()).toEqual(stored.kinds);
});

it.each([
  null,
  7,
  {},
  { ...stored, endPosition: stored.firstPosition },
  { ...stored, startNs: 'now' },
  { ...stored, kinds: undefined },
  { ...stored, entries: { from: 1 } },
])('are not believed when something is missing: %#', (value) => {
  expect(isStoredSummary(value)).toBe(false);
});
