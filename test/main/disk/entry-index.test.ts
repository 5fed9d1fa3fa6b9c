import { describe, expect, it } from 'vitest';
import { EntryIndex, type EntryLocation } from '../../../main/disk/entry-index.ts';

const locationOf = (index: number) => ({
  segment: index % 7,
  offset: index * 100,
  recordBytes: 40 + index,
  entryBytes: index,
});

function append(index: EntryIndex, { segment, offset, recordBytes, entryBytes }: EntryLocation): void {
  index.append(segment, offset, recordBytes, entryBytes);
}

describe('EntryIndex', () => {
  it('holds every location as it grows', () => {
    const index = new EntryIndex();
    for (let at = 1; at <= 5000; at += 1) append(index, locationOf(at));
    expect(index.lastIndex).toBe(5000);
    for (const at of [1, 1024, 1025, 2048, 5000]) expect(index.at(at)).toEqual(locationOf(at));
  });

  it('holds offsets up to 2^32 − 1', () => {
    const index = new EntryIndex();
    append(index, { segment: 1, offset: 2 ** 32 - 1, recordBytes: 1, entryBytes: 1 });
    expect(index.at(1).offset).toBe(2 ** 32 - 1);
  });

  it('forgets what is cut, and takes other entries there', () => {
    const index = new EntryIndex();
    for (let at = 1; at <= 5; at += 1) append(index, locationOf(at));
    index.truncate(3);
    index.truncate(9);
    expect(index.lastIndex).toBe(2);
    expect(() => index.at(3)).toThrow('entry 3 is not in the index');
    append(index, locationOf(77));
    expect(index.at(3)).toEqual(locationOf(77));
  });

  it('forgets its beginning, and goes on behind any base', () => {
    const index = new EntryIndex(100);
    expect(index.lastIndex).toBe(100);
    for (let at = 101; at <= 5000; at += 1) append(index, locationOf(at));
    index.dropUpTo(3000);
    index.truncate(4001);
    for (let at = 4001; at <= 9000; at += 1) append(index, locationOf(at));
    for (const at of [3001, 4000, 4001, 9000]) expect(index.at(at)).toEqual(locationOf(at));
    expect(() => index.at(3000)).toThrow('which has 3001 to 9000');
    index.dropUpTo(9000);
    expect(() => index.at(9000)).toThrow('is not in the index');
    index.restart(20);
    append(index, locationOf(21));
    expect(index.at(21)).toEqual(locationOf(21));
    expect(index.lastIndex).toBe(21);
  });
});
