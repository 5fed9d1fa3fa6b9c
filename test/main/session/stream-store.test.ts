/** What a store holds of a stream, in a file and in memory. */
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFile } from '../../../main/session/open-file.ts';
import { emptyClusterView } from '../../../shared/projection/cluster-view.ts';
import { ask, storeOf, TestFolder, told, viewBehind, wholeStory } from '../../support/kept-stream.ts';
import { valueOf } from '../../support/real-lab.ts';

const events = wholeStory();
let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

const all = { type: 'events', from: 0, limit: 20_000 } as const;

describe('whatever the cuts between chunks, flushes and batches', () => {
  const cuts = fc.record({
    chunkEvents: fc.integer({ min: 1, max: 700 }),
    batch: fc.integer({ min: 1, max: 600 }),
    flushEvery: fc.integer({ min: 1, max: 5 }),
    isRecorded: fc.boolean(),
  });

  it('all events are held, and the states between them', () => {
    fc.assert(
      fc.property(cuts, fc.nat(events.length), ({ chunkEvents, batch, flushEvery, isRecorded }, position) => {
        const run = new TestFolder();
        const store = storeOf([], { file: isRecorded ? run.file() : null, limits: { chunkEvents } });
        for (let at = 0, count = 0; at < events.length; at += batch, count += 1) {
          store.take(events.slice(at, at + batch));
          if (count % flushEvery === 0) store.flush();
        }
        expect(told(store, all).events).toEqual(events);
        expect(told(store, { type: 'view-at', at: { position } }).view).toEqual(viewBehind(events, position));
        store.close();
        run.remove();
      }),
      { numRuns: 25 },
    );
  });
});

it('leaves a file that has all of it', () => {
  storeOf(events, { file: folder.file() }).close();
  const opened = valueOf(openFile(folder.file()));
  expect(told(opened.content, all).events).toEqual(events);
  opened.close();
});

it('makes no file before there is anything to record', () => {
  const store = storeOf([], { file: folder.file() });
  store.flush();
  expect(store.recording).toBeNull();
  expect(ask(store, { type: 'bounds' })).toMatchObject({ ok: false, failure: { code: 'not-running' } });
  store.close();
});

it('stops recording at the limit, and holds the latest in memory', () => {
  const store = storeOf(events, { file: folder.file(), bytesMax: 20_000 });
  expect(store.recording).toMatchObject({ bytesMax: 20_000, stopped: 'The recording has reached its limit.' });
  expect(told(store, all).events).toEqual(events);
  store.close();
  const opened = valueOf(openFile(folder.file()));
  const { events: recorded } = told(opened.content, all);
  expect(opened.problems).toEqual([]);
  expect(recorded).toEqual(events.slice(0, recorded.length));
  expect(recorded.length).toBeGreaterThan(0);
  opened.close();
});

it('forgets the oldest of what is only in memory', () => {
  const store = storeOf(events, { limits: { memoryBytesMax: 20_000 } });
  const { firstPosition, endPosition, recording } = told(store, { type: 'bounds' });
  expect(recording).toBeNull();
  expect(firstPosition).toBeGreaterThan(0);
  expect(endPosition).toBe(events.length);
  expect(told(store, { ...all, from: firstPosition }).events).toEqual(events.slice(firstPosition));
  const at = { position: firstPosition + 70 };
  expect(told(store, { type: 'view-at', at }).view).toEqual(viewBehind(events, at.position));
});

it('says what is missing between a full file and memory', () => {
  const store = storeOf(events, { file: folder.file(), bytesMax: 20_000, limits: { memoryBytesMax: 10_000 } });
  const { firstPosition, gaps = [] } = told(store, { type: 'bounds' });
  expect(firstPosition).toBe(0);
  expect(gaps).toHaveLength(1);
  const { from = 0, to = 0 } = gaps[0] ?? {};
  const { positions } = told(store, all);
  expect(positions).toEqual([...events.keys()].filter((position) => position < from || position >= to));
  expect(told(store, { type: 'view-at', at: { position: to - 1 } })).toMatchObject({ position: from });
});

it('goes on behind a gap from the state that it is given', () => {
  const store = storeOf(events.slice(0, 500), { file: folder.file() });
  store.begin(550, viewBehind(events, 550), 'The recorder could not keep up.');
  store.take(events.slice(550));
  expect(told(store, { type: 'bounds' })).toMatchObject({ gaps: [{ from: 500, to: 550 }] });
  expect(told(store, { type: 'view-at', at: { position: 700 } }).view).toEqual(viewBehind(events, 700));
  expect(told(store, { type: 'view-at', at: { position: 530 } })).toMatchObject({ position: 500 });
  store.close();
  const opened = valueOf(openFile(folder.file()));
  expect(told(opened.content, { type: 'bounds' })).toMatchObject({ gaps: [{ from: 500, to: 550 }] });
  opened.close();
});

it('begins in the middle of a stream', () => {
  const store = storeOf([], {});
  store.begin(600, viewBehind(events, 600));
  store.take(events.slice(600));
  expect(told(store, { type: 'bounds' })).toMatchObject({ firstPosition: 600, endPosition: events.length });
  expect(told(store, { type: 'view-at', at: { position: 700 } }).view).toEqual(viewBehind(events, 700));
});

it('goes on in memory where the file can not be made', () => {
  mkdirSync(folder.file());
  const store = storeOf(events, { file: folder.file() });
  store.flush();
  expect(store.recording).toBeNull();
  expect(told(store, all).events).toEqual(events);
});

it('ends a chunk of few but large events', () => {
  const store = storeOf([], { limits: { chunkEvents: 4_096 } });
  for (let i = 0; i < 60; i += 1) {
    // Nothing that can be deflated.
    const reason = randomBytes(150_000).toString('base64');
    store.take([{ node: 0, boot: 1, sequence: i, timeNs: i, lamport: i, type: 'node-stopping', reason }]);
    store.flush();
  }
  expect(store.chunks.length).toBeGreaterThan(1);
});

it('grows its chunks with the size of the state', () => {
  const nodes = Array.from({ length: 40 }, (_, id) => ({
    ...viewBehind(events, 600).nodes[0],
    id,
    roleReason: `${Math.sin(id)}`,
  }));
  const large = { ...emptyClusterView, nodes } as typeof emptyClusterView;
  const store = storeOf([], { limits: { chunkEvents: 8 } });
  store.begin(0, large);
  for (const event of events.slice(0, 64)) {
    store.take([event]);
    store.flush();
  }
  expect(store.chunks.length).toBeLessThan(4);
});
