import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { openStorage } from '../../../main/disk/open-storage.ts';
import { nodeFolder } from '../../../main/lab/cluster-folder.ts';
import { lastBootAside, nameAside, setAside } from '../../../main/lab/folders-aside.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

it('sets a folder aside under the next name, with all that is in it', () => {
  const cluster = temporaryFolder();
  for (const [name, boots] of [
    ['node-2.wiped-1', 3],
    ['node-2.wiped-2', 1],
  ] as const) {
    expect(nameAside(cluster, 2)).toBe(name);
    for (let boot = 0; boot < boots; boot += 1) openStorage(openFolder(nodeFolder(cluster, 2))).close();
    expect(setAside(cluster, 2, name)).toEqual({ ok: true, value: null });
    expect(existsSync(join(cluster, name, 'identity'))).toBe(true);
  }
  expect(readdirSync(cluster).toSorted()).toEqual(['node-2.wiped-1', 'node-2.wiped-2']);
  expect([lastBootAside(cluster, 2), lastBootAside(cluster, 0)]).toEqual([3, 0]);
});

it('has nothing to set aside of a node that never ran', () => {
  const cluster = temporaryFolder();
  expect(setAside(cluster, 0, nameAside(cluster, 0))).toEqual({ ok: true, value: null });
  expect(readdirSync(cluster)).toEqual([]);
  expect(lastBootAside(join(cluster, 'not there'), 0)).toBe(0);
});

it('takes a folder that cannot be trusted for one without boots, and other names for nothing', () => {
  const cluster = temporaryFolder();
  for (const name of ['node-2.wiped-4', 'node-2.wiped-x', 'node-2.wiped-07', 'node-21.wiped-9'])
    mkdirSync(join(cluster, name));
  writeFileSync(join(cluster, 'node-2.wiped-4', 'identity'), 'nonsense');
  expect([lastBootAside(cluster, 2), nameAside(cluster, 2)]).toEqual([0, 'node-2.wiped-5']);
});

it('says what is in the way', () => {
  const cluster = temporaryFolder();
  mkdirSync(join(nodeFolder(cluster, 2)));
  mkdirSync(join(cluster, 'aside', 'full'), { recursive: true });
  expect(setAside(cluster, 2, 'aside')).toMatchObject({ failure: { code: 'unusable' } });
});
