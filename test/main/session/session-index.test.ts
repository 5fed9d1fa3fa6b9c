/** The index at the end of a session file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChunkCache } from '../../../main/session/chunk-cache.ts';
import { FileFrames } from '../../../main/session/file-frames.ts';
import { readIndex } from '../../../main/session/session-index.ts';
import { storeOf, TestFolder, wholeStory } from '../../support/kept-stream.ts';

let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

function read() {
  const frames = FileFrames.open(folder.file());
  const index = readIndex(frames, new ChunkCache(1_000), 1_000);
  frames.close();
  return index;
}

it('has all that is kept in memory of the chunks, and where they are', () => {
  const store = storeOf(wholeStory(), { file: folder.file() });
  store.close();
  const index = read();
  expect(index?.chunks.map(({ summary }) => summary)).toEqual(store.chunks.map(({ summary }) => summary));
  expect(index?.landmarks.list()).toEqual(store.landmarks.list());
  expect(index?.chunks.map(({ bytes }) => bytes)).toEqual(store.chunks.map(({ bytes }) => bytes));
});

it('of many chunks has many frames', () => {
  const events = [...wholeStory(), ...wholeStory()];
  storeOf(events, { file: folder.file(), limits: { chunkEvents: 1 } }).close();
  expect(events.length).toBeGreaterThan(1_024);
  expect(read()?.chunks).toHaveLength(events.length);
});

it('is not read when any of it is damaged, or when there is none', () => {
  const store = storeOf(wholeStory(), { file: folder.file() });
  store.flush();
  expect(read()).toBeUndefined();
  store.close();
  const bytes = readFileSync(folder.file());
  for (const fromEnd of [1, 20, 37, 60, 300]) {
    const changed = Uint8Array.from(bytes);
    changed.fill(0xa5, changed.length - fromEnd, changed.length - fromEnd + 1);
    writeFileSync(folder.file(), changed);
    expect(read()).toBeUndefined();
  }
});
