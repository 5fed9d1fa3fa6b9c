import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../../main/disk/byte-window.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { encodeRecord, recordBytes, recordTarget } from '../../../main/disk/record.ts';
import type { DiskRecord } from '../../../main/disk/record.ts';
import { findProofOfDamage, scanRecords } from '../../../main/disk/segment-scan.ts';
import { entryAt, storageErrorOf, temporaryFolder } from './disk-fixture.ts';

const seed = 0x1234;
const start = 10;
const recordOf = (index: number): DiskRecord => ({ type: 'entry', entry: entryAt(index) });
const bytesEach = recordBytes(recordOf(1));

/** Records 1, 2, 3 … one behind the other; `flushes` says for each with which record its flush began. */
function fileOf(flushes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(start + flushes.length * bytesEach + 100);
  let at = start;
  for (const [position, first] of flushes.entries()) {
    at = encodeRecord(
      recordTarget(bytes),
      at,
      recordOf(position + 1),
      { seed, offset: at },
      start + (first - 1) * bytesEach,
    );
  }
  return bytes;
}

function windowOn<T>(bytes: Uint8Array, act: (window: ByteWindow) => T): T {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), bytes);
  const handle = openFolder(folder).open('file', 'read');
  try {
    return act(new ByteWindow(handle));
  } finally {
    handle.close();
  }
}

function scan(bytes: Uint8Array, take: (record: DiskRecord) => string | undefined = () => undefined) {
  const taken: DiskRecord[] = [];
  const end = windowOn(bytes, (window) =>
    scanRecords(window, start, seed, '/data/file', (record) => {
      taken.push(
        record.type === 'entry'
          ? { type: 'entry', entry: { ...record.entry, payload: record.entry.payload.slice() } }
          : record,
      );
      return take(record);
    }),
  );
  return { taken, ...end };
}

describe('scanRecords', () => {
  it('hands out every record, and says where the last flush began', () => {
    const { taken, end, flushOffset } = scan(fileOf([1, 1, 3, 3]));
    expect(taken).toEqual([1, 2, 3, 4].map(recordOf));
    expect(end).toBe(start + 4 * bytesEach);
    expect(flushOffset).toBe(start + 2 * bytesEach);
  });

  it('stops at the first that is not whole', () => {
    const bytes = fileOf([1, 2, 3]);
    bytes[start + bytesEach + 30] = 0xee;
    expect(scan(bytes)).toMatchObject({ end: start + bytesEach, flushOffset: start });
  });

  it('stops at the end of a file that ends within a record', () => {
    expect(scan(fileOf([1, 2]).subarray(0, start + bytesEach + 9)).end).toBe(start + bytesEach);
  });

  it('refuses a record that the taker refuses, with its place', () => {
    const error = storageErrorOf(() =>
      scan(fileOf([1, 2]), (record) => (record.type === 'entry' && record.entry.index === 2 ? 'no' : undefined)),
    );
    expect(error.code).toBe('damaged');
    expect(error.message).toContain(`/data/file is damaged at byte ${start + bytesEach}: no`);
  });

  it('refuses a record of a flush that ended before', () => {
    expect(storageErrorOf(() => scan(fileOf([1, 2, 1]))).message).toContain(`at byte ${start + 2 * bytesEach}`);
  });
});

describe('findProofOfDamage', () => {
  const prove = (bytes: Uint8Array, record: number) =>
    windowOn(bytes, (window) => findProofOfDamage(window, start + (record - 1) * bytesEach, seed));

  it('is the first record of a later flush', () => {
    expect(prove(fileOf([1, 2, 2, 4]), 1)).toBe(start + bytesEach);
    expect(prove(fileOf([1, 2, 2, 4]), 2)).toBe(start + 3 * bytesEach);
  });

  it('is no record of the same flush, which the power cut may have left in any mix', () => {
    expect(prove(fileOf([1, 2, 2, 2]), 2)).toBeUndefined();
    expect(prove(fileOf([1, 2, 2, 2]), 3)).toBeUndefined();
  });

  it('is nothing that merely looks like a record', () => {
    const inner = fileOf([1, 2]);
    const bytes = new Uint8Array(1000);
    // The same bytes at another place, as a payload may hold them.
    bytes.set(inner, 501);
    expect(prove(bytes, 1)).toBeUndefined();
  });
});
