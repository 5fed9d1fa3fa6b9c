import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import {
  snapshotAsideName,
  snapshotName,
  snapshotStagedName,
  SnapshotStore,
} from '../../../main/disk/snapshot-store.ts';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import { dataOf, metaAt, temporaryFolder } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';

function openStore(folder: string): ReturnType<typeof SnapshotStore.open> {
  const opened = SnapshotStore.open(openFolder(folder), storageId);
  onTestFinished(() => opened.store.close());
  return opened;
}

const stage = (store: SnapshotStore, meta: SnapshotMeta, offset: number, end: number): void =>
  store.stage({ ...meta, offset, data: dataOf(meta).subarray(offset, end) });

describe('SnapshotStore', () => {
  it('holds none at first, then the one that was saved last', () => {
    const folder = temporaryFolder();
    const { store } = openStore(folder);
    expect(store.meta).toBeNull();
    expect(() => store.read(0, 1)).toThrow('where there is none');
    for (const meta of [metaAt(3), metaAt(9, 2)]) {
      store.save(meta, dataOf(meta));
      expect(store.meta).toEqual(meta);
      expect(store.read(10, 20)).toEqual(dataOf(meta).subarray(10, 30));
      const again = openStore(folder).store;
      expect(again.meta).toEqual(meta);
      expect(again.read(0, 1000)).toEqual(dataOf(meta));
    }
    expect(readdirSync(folder)).toEqual([snapshotName]);
  });

  it('installs what was staged, and begins anew at offset 0', () => {
    const folder = temporaryFolder();
    const { store } = openStore(folder);
    const [abandoned, meta] = [metaAt(5), metaAt(8, 2)];
    stage(store, abandoned, 0, 30);
    stage(store, meta, 0, 70);
    stage(store, meta, 0, 40);
    stage(store, meta, 40, 41);
    stage(store, meta, 41, 100);
    expect(store.meta).toBeNull();
    store.install(meta);
    expect(store.meta).toEqual(meta);
    expect(store.read(0, 1000)).toEqual(dataOf(meta));
    expect(readdirSync(folder)).toEqual([snapshotName]);
  });

  it('saves an own one while another one comes in', () => {
    const { store } = openStore(temporaryFolder());
    stage(store, metaAt(8), 0, 50);
    store.save(metaAt(6), dataOf(metaAt(6)));
    stage(store, metaAt(8), 50, 100);
    store.install(metaAt(8));
    expect(store.read(0, 1000)).toEqual(dataOf(metaAt(8)));
  });

  it('refuses chunks that do not follow, and what was not staged: a caller’s mistake', () => {
    const { store } = openStore(temporaryFolder());
    expect(() => stage(store, metaAt(8), 10, 20)).toThrow('continues another one');
    stage(store, metaAt(8), 0, 50);
    for (const [meta, offset] of [
      [metaAt(8), 40],
      [metaAt(8), 51],
      [metaAt(9), 50],
      [metaAt(8, 2), 50],
    ] as const) {
      expect(() => stage(store, meta, offset, 60)).toThrow('continues another one');
    }
    expect(() => store.install(metaAt(9))).toThrow('was not staged');
    expect(() => store.install(metaAt(8))).toThrow('a snapshot of 100 bytes has 50');
  });

  it('removes what an interrupted save or transfer left, and says so; closing leaves nothing', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, snapshotAsideName), 'abc');
    writeFileSync(join(folder, snapshotStagedName), '');
    const { store, repairs } = openStore(folder);
    expect(repairs).toMatchObject([
      { file: snapshotAsideName, offset: 0, cutBytes: 3 },
      { file: snapshotStagedName, offset: 0, cutBytes: 0 },
    ]);
    expect(readdirSync(folder)).toEqual([]);
    stage(store, metaAt(8), 0, 50);
    expect(existsSync(join(folder, snapshotStagedName))).toBe(true);
    store.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
