/** A chunk in its place. */
import { expect, it } from 'vitest';
import { StoredChunk } from '../../../main/session/chunk.ts';
import { ChunkCache } from '../../../main/session/chunk-cache.ts';
import { ChunkFold } from '../../../main/session/chunk-fold.ts';
import { summaryOf } from '../../../main/session/chunk-summary.ts';
import { firstKeyframe } from '../../../main/session/keyframe.ts';
import { MemoryFrames } from '../../../main/session/memory-frames.ts';
import { TailChunk } from '../../../main/session/tail-chunk.ts';
import { wholeStory } from '../../support/kept-stream.ts';

const events = wholeStory();

function sealed(cache = new ChunkCache(10_000)) {
  const fold = new ChunkFold(firstKeyframe);
  const tail = new TailChunk(firstKeyframe, fold);
  for (const event of events) tail.take(event);
  const place = tail.seal(new MemoryFrames());
  const summary = fold.summary();
  return { chunk: new StoredChunk(summaryOf(summary), place, cache), summary, place };
}

it('has its events and the seconds that ended in it', () => {
  const { chunk, summary, place } = sealed();
  expect(chunk.load()).toEqual({ keyframe: firstKeyframe, events, positions: [...events.keys()] });
  expect(chunk.seconds()).toEqual(summary.seconds);
  expect(chunk.bytes).toBe(place.end);
});

it('is read once as long as it is held', () => {
  const { chunk } = sealed();
  expect(chunk.load()).toBe(chunk.load());
});

it('has no seconds where its summary can not be read', () => {
  const { summary, place } = sealed();
  const broken = new StoredChunk(summaryOf(summary), { ...place, summaryAt: place.summaryAt + 1 }, new ChunkCache(0));
  expect(broken.seconds()).toEqual([]);
});
