/** Session files, whole and not. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame, frameTypes, placeFrame } from '../../../main/session/frame.ts';
import { openFile } from '../../../main/session/open-file.ts';
import { encodePreamble, formatVersion, preambleBytes } from '../../../main/session/preamble.ts';
import { drawInteger } from '../../../shared/random.ts';
import { storeOf, TestFolder, testHeader, told, viewBehind, wholeStory } from '../../support/kept-stream.ts';
import { failureOf, valueOf } from '../../support/real-lab.ts';

const events = wholeStory();
const all = { type: 'events', from: 0, limit: 20_000 } as const;
let folder: TestFolder;

beforeEach(() => {
  folder = new TestFolder();
});

afterEach(() => folder.remove());

/** The bytes of a session file, closed or not. */
function fileOf(count: number, { chunkEvents = 64, isClosed = true } = {}): Uint8Array {
  const file = folder.file(`${count}-${String(isClosed)}.raftlab`);
  const store = storeOf([], { file, limits: { chunkEvents } });
  for (let at = 0; at < count; at += 20) {
    store.take(events.slice(at, Math.min(count, at + 20)));
    store.flush();
  }
  if (isClosed) store.close();
  return readFileSync(file);
}

function openBytes(bytes: Uint8Array) {
  writeFileSync(folder.file(), bytes);
  return openFile(folder.file());
}

describe('a file that was closed', () => {
  it('has all events, its head, and no problems', () => {
    const { header, content, problems } = valueOf(openBytes(fileOf(events.length)));
    expect(header).toEqual(testHeader);
    expect(problems).toEqual([]);
    expect(told(content, all).events).toEqual(events);
    expect(content.recording).toMatchObject({ file: folder.file(), stopped: 'It is a recorded session.' });
  });

  it('answers as its store did', () => {
    const store = storeOf(events);
    const { content } = valueOf(openBytes(fileOf(events.length)));
    const span = { fromNs: 0, toNs: 1e12 };
    for (const query of [
      { type: 'landmarks', ...span, max: 10_000 },
      { type: 'seconds', ...span },
      { type: 'entry-life', index: 2 },
    ] as const) {
      expect(told(content, query)).toEqual(told(store, query));
    }
  });
});

describe('a file that was not closed', () => {
  it('has what was flushed, and says so', () => {
    const { content, problems } = valueOf(openBytes(fileOf(710, { isClosed: false })));
    expect(told(content, all).events).toEqual(events.slice(0, 710));
    expect(problems).toEqual([expect.stringContaining('was not closed: it ends with event 710')]);
    expect(told(content, { type: 'view-at', at: { position: 705 } }).view).toEqual(viewBehind(events, 705));
  });

  it('has the same figures as one that was', () => {
    const span = { type: 'seconds', fromNs: 0, toNs: 1e12 } as const;
    const whole = valueOf(openBytes(fileOf(710)));
    const expected = told(whole.content, span);
    const torn = valueOf(openBytes(fileOf(710, { isClosed: false })));
    expect(told(torn.content, span)).toEqual(expected);
  });
});

/** What is left of a session in a damaged file: its events with their positions; or why it can't be opened. */
function whatIsLeft(opened: ReturnType<typeof openFile>) {
  if (!opened.ok) return { problem: opened.failure.message, problems: [], positions: [], held: [], states: [] };
  const { content, problems, close } = opened.value;
  const isEmpty = content.chunks.length === 0;
  const { positions, events: held } = isEmpty ? { positions: [], events: [] } : told(content, all);
  const places = isEmpty ? [] : [1, 100, 300, 599];
  const states = places.map((position) => told(content, { type: 'view-at', at: { position } }));
  close();
  return { problem: '', problems, positions, held, states };
}

it('cut at any byte is a shorter session, or says why it is none', () => {
  const bytes = fileOf(60, { chunkEvents: 16 });
  writeFileSync(folder.file(), bytes);
  let before = 60;
  for (let length = bytes.length - 1; length >= 0; length -= 1) {
    truncateSync(folder.file(), length);
    const { problem, problems, held } = whatIsLeft(openFile(folder.file()));
    expect(problem.includes(folder.file()) || problems.length > 0).toBe(true);
    expect(held.length).toBeLessThanOrEqual(before);
    expect(held).toEqual(events.slice(0, held.length));
    before = held.length;
  }
  expect(before).toBe(0);
});

it('with damage anywhere has the rest, each event in its place', () => {
  const whole = fileOf(600);
  const chance = { random: 7 };
  const headBytes = 300;
  for (let run = 0; run < 60; run += 1) {
    const bytes = Uint8Array.from(whole);
    const length = drawInteger(chance, 1, 40);
    const at = drawInteger(chance, 0, bytes.length - length);
    for (let i = 0; i < length; i += 1) bytes[at + i] = drawInteger(chance, 0, 255);
    const { problem, positions, held, states } = whatIsLeft(openBytes(bytes));
    expect(held).toEqual(positions.map((position) => events[position]));
    expect(held.length > 400 || (at < headBytes && problem !== '')).toBe(true);
    expect(states.map(({ view }) => view)).toEqual(states.map(({ position }) => viewBehind(events, position)));
  }
});

describe('what is no file of ours, or a newer one', () => {
  it('is refused with a sentence', () => {
    expect(failureOf(openFile(folder.file('missing'))).message).toMatch(/can't be opened: ENOENT/);
    expect(failureOf(openBytes(new TextEncoder().encode('a letter'))).message).toMatch(
      /is not a session file of Raft Lab/,
    );
    const newer = encodePreamble({ version: formatVersion + 1, seed: 0 });
    expect(failureOf(openBytes(newer)).message).toMatch(/was recorded by a newer version of Raft Lab \(file format 2;/);
    const headless = encodePreamble({ version: formatVersion, seed: 0 });
    expect(failureOf(openBytes(headless)).message).toMatch(/its head is damaged or missing/);
  });

  it('is read past frames of other kinds, unless they must be understood', () => {
    const bytes = fileOf(200, { isClosed: false });
    const extended = (type: number): Uint8Array => {
      const frame = encodeFrame(frameTypes.events, ['anything']);
      frame[12] = type;
      placeFrame(frame, 12_345, bytes.length);
      return Buffer.concat([bytes, frame]);
    };
    const { content } = valueOf(openBytes(extended(77)));
    expect(told(content, all).events).toEqual(events.slice(0, 200));
    expect(failureOf(openBytes(extended(200))).message).toMatch(/frame type 200\). Open it with a newer version/);
  });

  it('of nothing but a head has no events', () => {
    const bytes = fileOf(20, { isClosed: false });
    const frame = encodeFrame(frameTypes.header, testHeader);
    const { content } = valueOf(openBytes(bytes.subarray(0, preambleBytes + frame.length)));
    expect(content.chunks).toEqual([]);
  });
});
