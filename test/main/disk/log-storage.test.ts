import { describe, expect, it } from 'vitest';
import { entryBytes } from '../../../shared/log-entry.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { StorageError } from '../../../main/ports.ts';
import type { FileHandle, Storage } from '../../../main/ports.ts';
import {
  entriesFrom,
  entryAt,
  flushOutcome,
  openAt,
  readAll,
  storageErrorOf,
  temporaryFolder,
  wrapFiles,
  writeDurably,
} from './disk-fixture.ts';

/** A storage on a real folder whose disk breaks on demand, at the named act. */
function openBreakable(folder: string): {
  storage: Storage;
  breakAt: (act: 'write' | 'dataSync', error: Error) => void;
  acts: string[];
} {
  let broken: { act: string; error: Error } | undefined;
  const acts: string[] = [];
  const pass = (act: string): void => {
    acts.push(act);
    if (broken?.act === act) throw broken.error;
  };
  const wrapHandle = (handle: FileHandle): FileHandle => ({
    read: (buffer, position) => handle.read(buffer, position),
    write: (bytes, position) => {
      pass('write');
      handle.write(bytes, position);
    },
    truncate: (length) => handle.truncate(length),
    dataSync: () => {
      pass('dataSync');
      handle.dataSync();
    },
    size: () => handle.size(),
    close: () => handle.close(),
  });
  const storage = openStorage(wrapFiles(openFolder(folder), wrapHandle));
  return { storage, acts, breakAt: (act, error) => (broken = { act, error }) };
}

describe('writing', () => {
  it('is seen at once, and on disk only after a flush', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder);
    storage.write({ entries: entriesFrom(1, 3), hardState: { term: 1, votedFor: 0 } });
    expect(readAll(storage, 3)).toEqual(entriesFrom(1, 3));
    expect(openAt(folder).recovered).toMatchObject({ lastIndex: 0, hardState: { term: 0, votedFor: null } });
    const outcome = flushOutcome(storage);
    expect(outcome).toMatchObject({ ok: true, bytes: 3 * 54 + 28 });
    expect(openAt(folder).recovered).toMatchObject({ lastIndex: 3, hardState: { term: 1, votedFor: 0 } });
  });

  it('cuts, appends and cuts again within one flush', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder);
    writeDurably(storage, { entries: entriesFrom(1, 5) });
    storage.write({ truncateFrom: 3, entries: entriesFrom(3, 8, 2) });
    storage.write({ truncateFrom: 2 });
    storage.write({ truncateFrom: 7 });
    storage.write({ entries: entriesFrom(2, 4, 3) });
    const expected = [entryAt(1), ...entriesFrom(2, 4, 3)];
    expect(readAll(storage, 4)).toEqual(expected);
    writeDurably(storage, {});
    expect(readAll(storage, 4)).toEqual(expected);
    const again = openAt(folder, { entryCacheBytesMax: 0 });
    expect(readAll(again, again.recovered.lastIndex)).toEqual(expected);
  });

  it('refuses what does not follow: a caller’s mistake', () => {
    const storage = openAt(temporaryFolder());
    expect(() => storage.write({ entries: [entryAt(2)] })).toThrow('entry 2 is appended behind entry 0');
    expect(() => storage.write({ truncateFrom: 0 })).toThrow('entry 1 at the earliest');
    storage.write({ entries: entriesFrom(1, 3) });
    for (const [first, last] of [
      [0, 1],
      [2, 1],
      [1, 4],
    ] as const) {
      expect(() => storage.readEntries(first, last, 1e6)).toThrow('are read from a log of 3');
    }
  });

  it('of nothing needs no flush of the disk', () => {
    const { storage, acts } = openBreakable(temporaryFolder());
    acts.length = 0;
    expect(flushOutcome(storage)).toEqual({ ok: true, bytes: 0, durationNs: 0 });
    expect(acts).toEqual([]);
    storage.close();
  });
});

describe('the cache', () => {
  it('and the disk together give every range', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder, { entryCacheBytesMax: 5 * entryBytes(entryAt(1)) });
    const log: LogEntry[] = entriesFrom(1, 20);
    for (const entry of log) writeDurably(storage, { entries: [entry] });
    storage.write({ entries: entriesFrom(21, 30) });
    log.push(...entriesFrom(21, 30));
    for (let first = 1; first <= 30; first += 1) {
      for (const count of [1, 2, 7, 15]) {
        const expected = log.slice(first - 1, first - 1 + count);
        expect(storage.readEntries(first, 30, count * entryBytes(entryAt(1)))).toEqual(expected);
        expect(storage.readEntries(first, first + expected.length - 1, 1e9)).toEqual(expected);
      }
    }
  });

  it('spares the disk what was written lately', () => {
    let reads = 0;
    const files = wrapFiles(openFolder(temporaryFolder()), (handle) => ({
      read: (buffer, position) => {
        reads += 1;
        return handle.read(buffer, position);
      },
      write: (bytes, position) => handle.write(bytes, position),
      truncate: (length) => handle.truncate(length),
      dataSync: () => handle.dataSync(),
      size: () => handle.size(),
      close: () => handle.close(),
    }));
    const storage = openStorage(files, { entryCacheBytesMax: 5 * entryBytes(entryAt(1)) });
    writeDurably(storage, { entries: entriesFrom(1, 20) });
    reads = 0;
    storage.readEntries(16, 20, 1e6);
    expect(reads).toBe(0);
    storage.readEntries(15, 20, 1e6);
    expect(reads).toBe(1);
    storage.close();
  });
});

describe('a disk that fails', () => {
  it.each(['write', 'dataSync'] as const)(
    'at %s: the flush says so, everything after is refused, nothing is tried again',
    (act) => {
      const folder = temporaryFolder();
      const { storage, breakAt, acts } = openBreakable(folder);
      writeDurably(storage, { entries: entriesFrom(1, 2) });
      breakAt(act, Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }));
      storage.write({ entries: entriesFrom(3, 4) });
      acts.length = 0;
      const outcome = flushOutcome(storage);
      const error = outcome.ok ? undefined : outcome.error;
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ code: 'io', file: expect.stringContaining(folder) });
      expect(error?.message).toContain('EIO');
      expect(acts.at(-1)).toBe(act);
      acts.length = 0;
      expect(storageErrorOf(() => storage.write({ hardState: { term: 9, votedFor: null } }))).toBe(error);
      expect(storageErrorOf(() => storage.readEntries(1, 1, 1e6))).toBe(error);
      expect(flushOutcome(storage)).toEqual({ ok: false, error });
      storage.close();
      expect(acts).toEqual([]);
      expect(openAt(folder).recovered.lastIndex).toBeGreaterThanOrEqual(2);
    },
  );

  it('because it is full is told as that', () => {
    const { storage, breakAt } = openBreakable(temporaryFolder());
    breakAt('write', Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
    storage.write({ entries: [entryAt(1)] });
    expect(flushOutcome(storage)).toMatchObject({
      ok: false,
      error: { code: 'full', message: expect.stringContaining('free some space') },
    });
    storage.close();
  });
});

describe('closing', () => {
  it('flushes, tells once, and ends all use', () => {
    const folder = temporaryFolder();
    let closed = 0;
    const storage = openAt(folder, { onClose: () => (closed += 1) });
    storage.write({ entries: entriesFrom(1, 2) });
    storage.close();
    storage.close();
    expect(closed).toBe(1);
    expect(() => storage.write({})).toThrow('closed');
    expect(() => storage.readEntries(1, 1, 1)).toThrow('closed');
    expect(() => storage.flush(() => {})).toThrow('closed');
    expect(openAt(folder).recovered.lastIndex).toBe(2);
  });

  it('says when that last flush failed, and closes all the same', () => {
    const { storage, breakAt } = openBreakable(temporaryFolder());
    breakAt('dataSync', new Error('gone'));
    storage.write({ entries: [entryAt(1)] });
    expect(storageErrorOf(() => storage.close()).message).toContain('gone');
    storage.close();
  });
});
