/** Chunks that were looked into last. */
import { expect, it } from 'vitest';
import { ChunkCache } from '../../../main/session/chunk-cache.ts';
import type { LoadedChunk } from '../../../main/session/loaded-chunk.ts';
import { wholeStory } from '../../support/kept-stream.ts';

it('holds those that were used last, so many events of them', () => {
  const cache = new ChunkCache(100);
  const loads: string[] = [];
  const keys = { a: {}, b: {}, c: {} };
  const get = (name: keyof typeof keys): LoadedChunk =>
    cache.get(keys[name], () => {
      loads.push(name);
      return { keyframe: undefined, events: wholeStory().slice(0, 50), positions: [] };
    });
  get('a');
  get('b');
  get('a');
  get('c');
  expect(loads).toEqual(['a', 'b', 'c']);
  get('a');
  expect(loads).toEqual(['a', 'b', 'c']);
  get('b');
  expect(loads).toEqual(['a', 'b', 'c', 'b']);
});

it('holds the latest, however large', () => {
  const cache = new ChunkCache(1);
  const key = {};
  const chunk = { keyframe: undefined, events: wholeStory().slice(0, 50), positions: [] };
  expect(cache.get(key, () => chunk)).toBe(chunk);
  expect(cache.get(key, () => ({ ...chunk }))).toBe(chunk);
});
