import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../../main/disk/byte-window.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { temporaryFolder } from './disk-fixture.ts';

const megabyte = 1024 * 1024;

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

describe('ByteWindow', () => {
  const bytes = Buffer.alloc(3 * megabyte + 17);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 7 + (at >>> 8)) & 0xff;

  it('shows any part of a file larger than itself, in any order', () => {
    windowOn(bytes, (window) => {
      for (const [offset, length] of [
        [0, 10],
        [megabyte - 3, 9],
        [5, 2 * megabyte],
        [3 * megabyte, 17],
        [100, 1],
      ] as const) {
        expect(Buffer.compare(window.bytes(offset, length), bytes.subarray(offset, offset + length))).toBe(0);
      }
    });
  });

  it('shows less at the end', () => {
    windowOn(bytes, (window) => {
      expect(window.bytes(bytes.length - 4, 100)).toHaveLength(4);
      expect(window.bytes(bytes.length, 1)).toHaveLength(0);
      expect(window.bytes(bytes.length + 9, 1)).toHaveLength(0);
    });
  });

  it('finds where the data ends', () => {
    const file = Buffer.alloc(2 * megabyte + 5);
    expect(windowOn(file, (window) => window.dataEnd())).toBe(0);
    for (const last of [0, 4, megabyte + 4, megabyte + 5, file.length - 1]) {
      file.fill(0)[last] = 1;
      expect(windowOn(file, (window) => window.dataEnd())).toBe(last + 1);
    }
    expect(windowOn(Buffer.alloc(0), (window) => window.dataEnd())).toBe(0);
  });

  it('finds a pattern wherever it lies, also across its own edges', () => {
    const file = Buffer.alloc(2 * megabyte + 5);
    const pattern = Buffer.from([1, 2, 3]);
    const places = [0, 3, megabyte - 1, megabyte + 9, file.length - 3];
    for (const at of places) pattern.copy(file, at);
    windowOn(file, (window) => {
      expect([...window.find(pattern, 0)]).toEqual(places);
      expect([...window.find(pattern, 4)]).toEqual(places.slice(2));
      expect([...window.find(pattern, file.length)]).toEqual([]);
    });
  });
});
