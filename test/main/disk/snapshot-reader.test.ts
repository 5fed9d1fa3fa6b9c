import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { encodePreamble, formatVersion } from '../../../main/disk/preamble.ts';
import { blockDataBytesMax } from '../../../main/disk/snapshot-header.ts';
import { SnapshotReader } from '../../../main/disk/snapshot-reader.ts';
import { SnapshotWriter } from '../../../main/disk/snapshot-writer.ts';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import { dataOf, flipByte, metaAt, storageErrorOf, temporaryFolder } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';
const meta = metaAt(9, 2, 2 * blockDataBytesMax + 500);
const data = dataOf(meta);

function writeSnapshot(folder: string, name: string, what: SnapshotMeta = meta): void {
  const writer = new SnapshotWriter(openFolder(folder), name, storageId);
  writer.append(dataOf(what));
  writer.finish(what);
}

function open(folder: string, check: 'check' | 'trust' = 'check', id = storageId): SnapshotReader {
  const reader = SnapshotReader.open(openFolder(folder), 'it', id, check);
  onTestFinished(() => reader.close());
  return reader;
}

describe('a snapshot', () => {
  it('is read from any byte, as far as it goes', () => {
    const folder = temporaryFolder();
    writeSnapshot(folder, 'it');
    const reader = open(folder);
    expect(reader.meta).toEqual(meta);
    for (const offset of [0, 1, blockDataBytesMax - 1, blockDataBytesMax, meta.totalBytes - 1, meta.totalBytes]) {
      for (const byteCount of [0, 1, 48_000, 300_000]) {
        const part = reader.read(offset, byteCount);
        expect(Buffer.compare(part, data.subarray(offset, offset + byteCount))).toBe(0);
      }
    }
  });

  it('may be empty', () => {
    const folder = temporaryFolder();
    writeSnapshot(folder, 'it', metaAt(1, 1, 0));
    expect(open(folder).read(0, 100)).toEqual(new Uint8Array(0));
  });
});

describe('a damaged snapshot', () => {
  it('is refused when it is opened, wherever the damage is', () => {
    const folder = temporaryFolder();
    writeSnapshot(folder, 'it');
    const path = join(folder, 'it');
    for (const at of [0, 9, 17, 30, 60, 100, 511, 512, 515, 516, 65_000, 66_048, 66_052, 131_583, 132_000]) {
      flipByte(path, at);
      expect(storageErrorOf(() => open(folder))).toMatchObject({ code: 'damaged', file: path });
      flipByte(path, at);
    }
    open(folder);
  });

  it('is noticed when the part is read, and says where', () => {
    const folder = temporaryFolder();
    writeSnapshot(folder, 'it');
    flipByte(join(folder, 'it'), 512 + 65_536 + 77);
    const reader = open(folder, 'trust');
    expect(reader.read(0, 1000)).toHaveLength(1000);
    const error = storageErrorOf(() => reader.read(0, 100_000));
    expect(error.message).toContain(`at byte ${512 + 65_536}: a part of the snapshot`);
  });

  it('is refused cut, lengthened, of another folder, or put together from two', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'it');
    writeSnapshot(folder, 'it');
    const whole = readFileSync(path);
    for (const length of [0, 16, 511, 512, 1000, whole.length - 1]) {
      truncateSync(path, length);
      expect(storageErrorOf(() => open(folder)).code).toBe('damaged');
      writeFileSync(path, whole);
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.alloc(1)]));
    expect(storageErrorOf(() => open(folder)).message).toContain(`it has ${whole.length + 1} bytes instead of`);
    writeFileSync(path, whole);
    const otherId = storageId.replace('1', '2');
    expect(storageErrorOf(() => open(folder, 'check', otherId)).message).toContain('another data folder');
    writeSnapshot(folder, 'other', { ...meta, lastIncludedIndex: 10 });
    const other = readFileSync(join(folder, 'other'));
    writeFileSync(path, Buffer.concat([whole.subarray(0, 512 + 65_536), other.subarray(512 + 65_536)]));
    expect(storageErrorOf(() => open(folder)).message).toContain('not those of one snapshot');
  });

  it('of a newer version is called that', () => {
    const folder = temporaryFolder();
    writeSnapshot(folder, 'whole');
    copyFileSync(join(folder, 'whole'), join(folder, 'it'));
    const bytes = readFileSync(join(folder, 'it'));
    encodePreamble(bytes, 'snapshot', formatVersion + 1);
    writeFileSync(join(folder, 'it'), bytes);
    expect(storageErrorOf(() => open(folder)).message).toContain('newer version');
  });
});
