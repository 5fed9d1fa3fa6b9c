import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { blockDataBytesMax, snapshotFileBytes } from '../../../main/disk/snapshot-header.ts';
import { SnapshotWriter } from '../../../main/disk/snapshot-writer.ts';
import { dataOf, metaAt, temporaryFolder } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';

it.each([0, 1, blockDataBytesMax - 1, blockDataBytesMax, blockDataBytesMax + 1, 3 * blockDataBytesMax])(
  '%i bytes make the same file, however they come',
  (totalBytes) => {
    const folder = temporaryFolder();
    const files = openFolder(folder);
    const meta = metaAt(9, 2, totalBytes);
    const data = dataOf(meta);
    for (const pieceBytes of [1_000_000, 50_000, 999]) {
      const writer = new SnapshotWriter(files, `${pieceBytes}`, storageId);
      for (let at = 0; at < totalBytes; at += pieceBytes) writer.append(data.subarray(at, at + pieceBytes));
      expect(writer.bytes).toBe(totalBytes);
      writer.finish(meta);
    }
    const [one, ...others] = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(one).toHaveLength(snapshotFileBytes(totalBytes));
    for (const other of others) expect(one?.equals(other)).toBe(true);
  },
);

it('a snapshot that is not all there is not finished', () => {
  const writer = new SnapshotWriter(openFolder(temporaryFolder()), 'half', storageId);
  writer.append(new Uint8Array(99));
  expect(() => writer.finish(metaAt(1, 1, 100))).toThrow('a snapshot of 100 bytes has 99');
  writer.abandon();
});
