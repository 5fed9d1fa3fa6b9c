import { copyFileSync, cpSync, existsSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { encodePreamble, formatVersion } from '../../../main/disk/preamble.ts';
import { segmentName, segmentStart } from '../../../main/disk/segment.ts';
import {
  entriesFrom,
  entryAt,
  flipByte,
  openAt,
  openUnsyncedFolder,
  readAll,
  storageErrorOf,
  temporaryFolder,
  writeDurably,
} from './disk-fixture.ts';

/** For tests that open hundreds of times. */
const slow = { timeout: 30_000 };
/** An entry of 20 bytes on disk. */
const entryRecordBytes = 54;
const first = segmentName(1);

/** Five entries, one flush each, in one small file. */
function folderOfFive(): string {
  const folder = temporaryFolder();
  const storage = openAt(folder, { segmentBytesMax: 1000 });
  writeDurably(storage, ...entriesFrom(1, 5).map((entry) => ({ entries: [entry] })));
  storage.close();
  return folder;
}

/** Entries of 20 bytes in segments of 300: four a segment. */
function folderOfSegments(entries: number): string {
  const folder = temporaryFolder();
  const storage = openAt(folder, { segmentBytesMax: 300 });
  writeDurably(
    storage,
    { hardState: { term: 1, votedFor: 2 } },
    ...entriesFrom(1, entries).map((entry) => ({ entries: [entry] })),
  );
  storage.close();
  return folder;
}

const openError = (folder: string) => storageErrorOf(() => openStorage(openUnsyncedFolder(folder)));
const offsetOf = (index: number) => segmentStart + (index - 1) * entryRecordBytes;

describe('a torn tail', () => {
  it('is cut at every byte of the last two entries, reported, and written over', slow, () => {
    const whole = folderOfFive();
    for (let length = offsetOf(4) + 1; length < offsetOf(6); length += 1) {
      const folder = temporaryFolder();
      cpSync(whole, folder, { recursive: true });
      truncateSync(join(folder, first), length);
      const lastIndex = length < offsetOf(5) ? 3 : 4;
      const offset = offsetOf(lastIndex + 1);
      // Zeros are as good as nothing.
      const cutBytes =
        readFileSync(join(folder, first))
          .subarray(offset)
          .findLastIndex((byte) => byte !== 0) + 1;
      const storage = openStorage(openUnsyncedFolder(folder), { segmentBytesMax: 1000 });
      expect(storage.recovered.lastIndex).toBe(lastIndex);
      const repair = { file: first, offset, cutBytes, reason: 'the last flush was interrupted' };
      expect(storage.recovered.repairs).toEqual(cutBytes > 0 ? [repair] : []);
      storage.write({ entries: [entryAt(lastIndex + 1, 9)] });
      storage.close();
      const again = openStorage(openUnsyncedFolder(folder), { segmentBytesMax: 1000 });
      expect(again.recovered.repairs).toEqual([]);
      expect(readAll(again, lastIndex + 1)).toEqual([...entriesFrom(1, lastIndex), entryAt(lastIndex + 1, 9)]);
      again.close();
    }
  });

  it('is cut when any byte of the last record is wrong: that can not be told from a torn one', slow, () => {
    const whole = folderOfFive();
    for (let at = offsetOf(5); at < offsetOf(6); at += 1) {
      const folder = temporaryFolder();
      cpSync(whole, folder, { recursive: true });
      flipByte(join(folder, first), at);
      const storage = openStorage(openUnsyncedFolder(folder));
      expect(storage.recovered.lastIndex).toBe(4);
      expect(storage.recovered.repairs).toMatchObject([{ offset: offsetOf(5) }]);
      storage.close();
    }
  });

  it('is cut before whole records of the same flush, which never come back', () => {
    const folder = temporaryFolder();
    const storage = openAt(folder);
    writeDurably(storage, { entries: [entryAt(1)] }, { entries: entriesFrom(2, 5) });
    storage.close();
    flipByte(join(folder, first), offsetOf(2) + 20);
    const torn = openAt(folder);
    expect(torn.recovered.lastIndex).toBe(1);
    // The same length as the lost entry: what stood behind it would follow without a seam.
    writeDurably(torn, { entries: [entryAt(2, 7)] });
    torn.close();
    const again = openAt(folder);
    expect(readAll(again, again.recovered.lastIndex)).toEqual([entryAt(1), entryAt(2, 7)]);
  });

  it('may be zeros alone: the file was filled ahead', () => {
    const folder = folderOfFive();
    const bytes = readFileSync(join(folder, first));
    expect(bytes.length).toBeGreaterThan(offsetOf(6));
    expect(bytes.subarray(offsetOf(6)).every((byte) => byte === 0)).toBe(true);
    expect(openAt(folder).recovered).toMatchObject({ lastIndex: 5, repairs: [] });
  });
});

describe('damage elsewhere', () => {
  it('is refused at every byte of an earlier flush, with file and offset, and nothing is cut', () => {
    const folder = folderOfFive();
    const path = join(folder, first);
    for (let at = offsetOf(3); at < offsetOf(4); at += 1) {
      flipByte(path, at);
      const before = readFileSync(path);
      const error = openError(folder);
      expect(error.code).toBe('damaged');
      expect(error.file).toBe(path);
      expect(error.message).toContain(`${path} is damaged at byte ${offsetOf(3)}: `);
      expect(error.message).toContain('Restore the folder from a copy');
      expect(readFileSync(path).equals(before)).toBe(true);
      flipByte(path, at);
    }
    expect(openAt(folder).recovered.lastIndex).toBe(5);
  });

  it('is refused at every byte of the first segment’s start', () => {
    const folder = folderOfFive();
    for (let at = 0; at < segmentStart; at += 1) {
      flipByte(join(folder, first), at);
      expect(openError(folder)).toMatchObject({ code: 'damaged', file: join(folder, first) });
      flipByte(join(folder, first), at);
    }
  });

  it('is refused in an earlier segment, its last record too', () => {
    const folder = folderOfSegments(12);
    const path = join(folder, segmentName(2));
    for (const at of [0, 20, 50, segmentStart + 5, offsetOf(4) - 1]) {
      flipByte(path, at);
      expect(openError(folder)).toMatchObject({ code: 'damaged', file: path });
      flipByte(path, at);
    }
    expect(openAt(folder).recovered.lastIndex).toBe(12);
  });

  it('is refused when an earlier segment lost its end without a trace', () => {
    const folder = folderOfSegments(12);
    const path = join(folder, segmentName(2));
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, offsetOf(4)));
    const error = openError(folder);
    expect(error.code).toBe('damaged');
    expect(error.message).toMatch(/should end at byte \d+, but its records end at \d+/);
  });

  it.each([1, 2])('is refused when segment %i is missing', (segment) => {
    const folder = folderOfSegments(12);
    unlinkSync(join(folder, segmentName(segment)));
    expect(openError(folder)).toMatchObject({ code: 'damaged', file: join(folder, segmentName(segment)) });
  });

  it('is refused when the log is missing but the identity is there', () => {
    const folder = folderOfFive();
    unlinkSync(join(folder, first));
    expect(openError(folder).message).toContain('the log is missing');
  });

  it('is refused when a segment is another folder’s', () => {
    const folder = folderOfFive();
    copyFileSync(join(folderOfFive(), first), join(folder, first));
    expect(openError(folder).message).toContain('of another data folder');
  });

  it('is refused when an old copy of a segment took its place', () => {
    const folder = folderOfSegments(5);
    const old = readFileSync(join(folder, segmentName(2)));
    const storage = openAt(folder, { segmentBytesMax: 300 });
    writeDurably(storage, ...entriesFrom(6, 12).map((entry) => ({ entries: [entry] })));
    storage.close();
    writeFileSync(join(folder, segmentName(2)), old);
    expect(openError(folder).code).toBe('damaged');
  });
});

describe('a file of a newer version', () => {
  it('is refused as that, and not touched', () => {
    const folder = folderOfSegments(12);
    for (const segment of [1, 2, 3]) {
      const path = join(folder, segmentName(segment));
      const bytes = readFileSync(path);
      const newer = Buffer.from(bytes);
      encodePreamble(newer, 'log', formatVersion + 1);
      writeFileSync(path, newer);
      expect(openError(folder).message).toContain(
        `${path} was written by a newer version of this program (format ${formatVersion + 1};`,
      );
      expect(readFileSync(path).equals(newer)).toBe(true);
      writeFileSync(path, bytes);
    }
  });
});

describe('an interrupted start', () => {
  it('of a segment, at every byte of its making, is taken back', slow, () => {
    const whole = folderOfSegments(8);
    const last = segmentName(3);
    expect(existsSync(join(whole, last))).toBe(true);
    for (let length = 0; length <= segmentStart; length += 1) {
      const folder = temporaryFolder();
      cpSync(whole, folder, { recursive: true });
      truncateSync(join(folder, last), length);
      const storage = openStorage(openUnsyncedFolder(folder), { segmentBytesMax: 300 });
      const { lastIndex, hardState, repairs } = storage.recovered;
      expect(hardState).toEqual({ term: 1, votedFor: 2 });
      expect(repairs.map(({ file }) => file)).toEqual(length < segmentStart ? [last] : []);
      writeDurably(storage, { entries: entriesFrom(lastIndex + 1, 9) });
      expect(readAll(storage, 9)).toEqual(entriesFrom(1, 9));
      storage.close();
      expect(existsSync(join(folder, last))).toBe(true);
    }
  });

  it('of a folder, at every byte of its first segment, is begun anew', slow, () => {
    const whole = temporaryFolder();
    openAt(whole).close();
    const start = readFileSync(join(whole, first));
    for (let length = 0; length <= segmentStart; length += 1) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, first), start.subarray(0, length));
      const storage = openStorage(openUnsyncedFolder(folder));
      expect(storage.recovered).toMatchObject({ boot: 1, lastIndex: 0 });
      expect(storage.recovered.repairs).toMatchObject([{ file: first }]);
      writeDurably(storage, { entries: entriesFrom(1, 3) });
      storage.close();
    }
  });

  it('is none when there is a log without an identity', () => {
    const folder = folderOfFive();
    unlinkSync(join(folder, 'identity'));
    const error = openError(folder);
    expect(error).toMatchObject({ code: 'damaged', file: join(folder, 'identity') });
    expect(existsSync(join(folder, first))).toBe(true);
  });
});
