/** Snapshots and compaction through the Storage port, on a real folder. */
import { existsSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { segmentName } from '../../../main/disk/segment.ts';
import { encodePreamble } from '../../../main/disk/preamble.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import type { FlushOutcome, Storage } from '../../../main/ports.ts';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import {
  dataOf,
  entriesFrom,
  entryAt,
  flipByte,
  metaAt,
  openAt,
  readSnapshot,
  saveSnapshot,
  stageSnapshot,
  storageErrorOf,
  temporaryFolder,
  wrapFiles,
  writeDurably,
} from './disk-fixture.ts';

const options = { segmentBytesMax: 300, entryCacheBytesMax: 0 };

/** Twelve entries of term 1, up to four a segment, and a snapshot of the first nine. */
function openTwelve(folder: string): Storage {
  const storage = openAt(folder, options);
  writeDurably(storage, { hardState: { term: 1, votedFor: 0 } });
  for (const entry of entriesFrom(1, 12)) writeDurably(storage, { entries: [entry] });
  saveSnapshot(storage, metaAt(9));
  return storage;
}

const segmentsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('log-'))
    .toSorted();

describe('a saved snapshot', () => {
  it('removes nothing from the log, and is found again', () => {
    const folder = temporaryFolder();
    const storage = openTwelve(folder);
    expect(segmentsIn(folder)).toHaveLength(4);
    expect(storage.readEntries(1, 12, 1e6)).toEqual(entriesFrom(1, 12));
    storage.close();
    const again = openAt(folder, options);
    expect(again.recovered).toMatchObject({ snapshot: metaAt(9), compacted: { index: 0, term: 0 }, lastIndex: 12 });
    expect(readSnapshot(again, metaAt(9))).toEqual(dataOf(metaAt(9)));
    expect(again.readSnapshot(90, 50)).toEqual(dataOf(metaAt(9)).subarray(90));
  });

  it('makes everything durable that was written before', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder);
    storage.write({ hardState: { term: 3, votedFor: null }, entries: entriesFrom(1, 5, 3) });
    saveSnapshot(storage, metaAt(5, 3));
    expect(openAt(folder).recovered).toMatchObject({ lastIndex: 5, hardState: { term: 3 }, snapshot: metaAt(5, 3) });
  });

  it('that is older than the one there changes nothing', () => {
    const storage = openTwelve(temporaryFolder());
    saveSnapshot(storage, metaAt(8));
    expect(readSnapshot(storage, metaAt(9))).toEqual(dataOf(metaAt(9)));
  });

  it('of entries that are not there is a caller’s mistake', () => {
    const storage = openTwelve(temporaryFolder());
    expect(() => saveSnapshot(storage, metaAt(13))).toThrow('which ends at 12');
  });

  it('that can not be written ends all use, and says so', () => {
    const folder = temporaryFolder();
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const files = wrapFiles(openFolder(folder), (handle, name) => ({
      read: (buffer, position) => handle.read(buffer, position),
      write: (bytes, position) => {
        if (name.startsWith('snapshot')) throw full;
        handle.write(bytes, position);
      },
      truncate: (length) => handle.truncate(length),
      dataSync: () => handle.dataSync(),
      size: () => handle.size(),
      close: () => handle.close(),
    }));
    const storage = openStorage(files);
    writeDurably(storage, { entries: entriesFrom(1, 3) });
    const outcomes: FlushOutcome[] = [];
    storage.saveSnapshot(metaAt(2), dataOf(metaAt(2)), (outcome) => outcomes.push(outcome));
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'full' } }]);
    expect(storageErrorOf(() => storage.write({})).code).toBe('full');
    storage.close();
    const again = openAt(folder);
    expect(again.recovered).toMatchObject({ snapshot: null, lastIndex: 3, repairs: [{ file: 'snapshot.new' }] });
  });
});

describe('compaction', () => {
  it('removes whole segments, and the rest is read as before', () => {
    const folder = temporaryFolder();
    const storage = openTwelve(folder);
    expect(() => storage.compact(10)).toThrow('but the snapshot ends at 9');
    storage.compact(9);
    const { length } = segmentsIn(folder);
    expect(length).toBeLessThan(4);
    expect(storage.readEntries(10, 12, 1e6)).toEqual(entriesFrom(10, 12));
    expect(() => storage.readEntries(1, 12, 1e6)).toThrow('are read from a log');
    writeDurably(storage, { truncateFrom: 11, entries: entriesFrom(11, 14, 2) });
    storage.close();
    const again = openAt(folder, options);
    const { recovered } = again;
    expect(recovered).toMatchObject({ lastIndex: 14, repairs: [], snapshot: metaAt(9) });
    const { index } = recovered.compacted;
    expect(index).toBeGreaterThan(0);
    expect(index).toBeLessThanOrEqual(9);
    expect(recovered.compacted.term).toBe(1);
    expect(recovered.termRuns).toEqual([
      { term: 1, firstIndex: index + 1 },
      { term: 2, firstIndex: 11 },
    ]);
    expect(recovered.entrySizes).toEqual(Array.from({ length: 14 - index }, () => entryBytes(entryAt(1))));
    expect(again.readEntries(index + 1, 14, 1e6)).toEqual([...entriesFrom(index + 1, 10), ...entriesFrom(11, 14, 2)]);
  });

  it('is not believed without its snapshot', () => {
    const folder = temporaryFolder();
    const storage = openTwelve(folder);
    storage.compact(9);
    storage.close();
    flipByte(join(folder, 'snapshot'), 600);
    expect(storageErrorOf(() => openAt(folder)).message).toContain('snapshot is damaged at byte 512');
    unlinkSync(join(folder, 'snapshot'));
    expect(storageErrorOf(() => openAt(folder)).message).toContain('no snapshot is there');
  });

  it('leaves no leftover that a later opening would trip over', () => {
    const folder = temporaryFolder();
    const storage = openTwelve(folder);
    const first = readFileSync(join(folder, segmentName(1)));
    storage.compact(9);
    storage.close();
    expect(existsSync(join(folder, segmentName(2)))).toBe(false);
    writeFileSync(join(folder, segmentName(1)), first);
    expect(openAt(folder).recovered).toMatchObject({ lastIndex: 12, repairs: [] });
    expect(existsSync(join(folder, segmentName(1)))).toBe(false);
  });
});

describe('an installed snapshot', () => {
  it.each([40, 12, 10])('of entry %i takes the place of the whole log', (index) => {
    const folder = temporaryFolder();
    const storage = openTwelve(folder);
    const meta = metaAt(index, 6, 70_000);
    stageSnapshot(storage, meta, 48_000);
    expect(readSnapshot(storage, metaAt(9))).toEqual(dataOf(metaAt(9)));
    const entries = entriesFrom(index + 1, index + 5, 6);
    storage.write({ hardState: { term: 6, votedFor: null }, installSnapshot: meta, entries });
    expect(Buffer.compare(readSnapshot(storage, meta), dataOf(meta))).toBe(0);
    expect(storage.readEntries(index + 1, index + 5, 1e6)).toEqual(entries);
    writeDurably(storage, {});
    expect(storage.readEntries(index + 1, index + 5, 1e6)).toEqual(entries);
    storage.close();
    const { recovered } = openAt(folder, options);
    expect(recovered).toMatchObject({
      snapshot: meta,
      compacted: { index, term: 6 },
      lastIndex: index + 5,
      termRuns: [{ term: 6, firstIndex: index + 1 }],
      hardState: { term: 6, votedFor: null },
      repairs: [],
    });
  });
});

it('configuration entries are listed as long as they are held', () => {
  const folder = temporaryFolder();
  const storage = openAt(folder, options);
  const payload = new Uint8Array(0);
  const { configuration } = metaAt(1);
  const place = (index: number): LogEntry => ({ index, term: 1, kind: 'configuration', payload, configuration });
  writeDurably(storage, { entries: [entryAt(1), place(2)] }, { entries: [place(3), entryAt(4), entryAt(5)] });
  writeDurably(storage, { entries: entriesFrom(6, 9) }, { entries: [place(10), place(11)] }, { truncateFrom: 11 });
  storage.close();
  const again = openAt(folder, options);
  const held = [2, 3, 10].map((index) => ({ index, configuration }));
  expect(again.recovered.configurations).toEqual(held);
  expect(again.recovered.entrySizes[1]).toBe(entryBytes(place(2)));
  saveSnapshot(again, metaAt(9));
  again.compact(9);
  again.close();
  const { compacted, configurations } = openAt(folder, options).recovered;
  expect(configurations).toEqual(held.filter(({ index }) => index > compacted.index));
});

it('a log of version 1 is read, and goes on in a segment of this version', () => {
  const folder = temporaryFolder();
  const storage = openAt(folder);
  writeDurably(storage, { entries: entriesFrom(1, 3) });
  storage.close();
  const path = join(folder, segmentName(1));
  const bytes = readFileSync(path);
  encodePreamble(bytes, 'log', 1);
  writeFileSync(path, bytes);
  const again = openAt(folder);
  writeDurably(again, { entries: entriesFrom(4, 5) });
  expect(segmentsIn(folder)).toEqual([segmentName(1), segmentName(2)]);
  again.close();
  expect(openAt(folder).recovered.lastIndex).toBe(5);
  expect(readFileSync(path).equals(bytes)).toBe(true);
});
