import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryBytes } from '../../../shared/log-entry.ts';
import { segmentName, segmentStart } from '../../../main/disk/segment.ts';
import {
  entriesFrom,
  entryAt,
  flipByte,
  openAt,
  storageErrorOf,
  temporaryFolder,
  writeDurably,
} from './disk-fixture.ts';

const each = entryBytes(entryAt(1));

/** Forty entries over several segments, entries 11 to 13 replaced; nothing stays in memory. */
function openForty() {
  const folder = temporaryFolder();
  const storage = openAt(folder, { segmentBytesMax: 700, entryCacheBytesMax: 0 });
  writeDurably(storage, { entries: entriesFrom(1, 6) }, { entries: entriesFrom(7, 13) });
  writeDurably(storage, { truncateFrom: 11, entries: entriesFrom(11, 20, 2) }, { entries: entriesFrom(21, 40, 3) });
  return { folder, storage };
}
const log = [...entriesFrom(1, 10), ...entriesFrom(11, 20, 2), ...entriesFrom(21, 40, 3)];

describe('reading from disk', () => {
  it('gives every range, across segments and over replaced entries', { timeout: 30_000 }, () => {
    const { storage } = openForty();
    for (let first = 1; first <= 40; first += 1) {
      for (let last = first; last <= 40; last += 3) {
        expect(storage.readEntries(first, last, Number.MAX_SAFE_INTEGER)).toEqual(log.slice(first - 1, last));
      }
    }
  });

  it('stops at the limit, but never before the first entry', () => {
    const { storage } = openForty();
    expect(storage.readEntries(3, 40, 0)).toEqual([log[2]]);
    expect(storage.readEntries(3, 40, 2 * each - 1)).toHaveLength(1);
    expect(storage.readEntries(3, 40, 2 * each)).toHaveLength(2);
    expect(storage.readEntries(3, 40, 12 * each)).toEqual(log.slice(2, 14));
  });

  it('reads a range larger than one read', () => {
    const storage = openAt(temporaryFolder(), { entryCacheBytesMax: 0 });
    const entries = entriesFrom(1, 50, 1, 50_000);
    writeDurably(storage, { entries });
    const read = storage.readEntries(1, 50, Number.MAX_SAFE_INTEGER);
    expect(read).toHaveLength(50);
    // Compared as bytes: toEqual takes seconds for them.
    for (const [at, entry] of entries.entries())
      expect(Buffer.compare(read[at]?.payload ?? Buffer.alloc(0), entry.payload)).toBe(0);
  });

  it('notices a byte that changed meanwhile, and says where', () => {
    const { folder, storage } = openForty();
    const path = join(folder, segmentName(1));
    flipByte(path, segmentStart + 2 * 54 + 40);
    expect(storage.readEntries(1, 2, 1e6)).toHaveLength(2);
    const error = storageErrorOf(() => storage.readEntries(1, 5, 1e6));
    expect(error).toMatchObject({ code: 'damaged', file: path });
    expect(error.message).toContain(`at byte ${segmentStart + 2 * 54}: entry 3 cannot be read back`);
  });
});
