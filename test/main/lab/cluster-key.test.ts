import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clusterKeyName, openClusterKey } from '../../../main/lab/cluster-key.ts';
import { parseKeyText } from '../../../main/node/key-text.ts';

const clusterId = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is made once, for its owner alone', () => {
  const key = openClusterKey(folder, clusterId);
  expect(key).toHaveLength(32);
  expect(openClusterKey(folder, clusterId)).toEqual(key);
  // Windows knows no such modes; there the folder's own rights count.
  const mode = statSync(join(folder, clusterKeyName)).mode & 0o777;
  expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600);
});

it('is all that a client needs: the file names the cluster', () => {
  const key = openClusterKey(folder, clusterId);
  const text = readFileSync(join(folder, clusterKeyName), 'utf8');
  expect(parseKeyText(text)).toEqual({ ok: true, value: { clusterId, key } });
});

it('stays what it is when an older version wrote it, and names the cluster from then on', () => {
  const path = join(folder, clusterKeyName);
  writeFileSync(path, `${'0f'.repeat(32)}\n`, { mode: 0o600 });
  const key = new Uint8Array(32).fill(0x0f);
  expect(openClusterKey(folder, clusterId)).toEqual(key);
  expect(readFileSync(path, 'utf8')).toBe(`${clusterId}:${'0f'.repeat(32)}\n`);
  expect(openClusterKey(folder, clusterId)).toEqual(key);
  expect(process.platform === 'win32' ? 0o600 : statSync(path).mode & 0o777).toBe(0o600);
});

it('of another cluster is not taken', () => {
  openClusterKey(folder, '2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed');
  expect(openClusterKey(folder, clusterId)).toBeUndefined();
});

it('is not guessed from a file that holds none', () => {
  writeFileSync(join(folder, clusterKeyName), 'secret');
  expect(openClusterKey(folder, clusterId)).toBeUndefined();
});
