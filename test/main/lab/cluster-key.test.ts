import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clusterKeyName, openClusterKey } from '../../../main/lab/cluster-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is made once, for its owner alone', () => {
  const key = openClusterKey(folder);
  expect(key).toHaveLength(32);
  expect(openClusterKey(folder)).toEqual(key);
  // Windows knows no such modes; there the folder's own rights count.
  const mode = statSync(join(folder, clusterKeyName)).mode & 0o777;
  expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600);
});

it('is not guessed from a file that holds none', () => {
  writeFileSync(join(folder, clusterKeyName), 'secret');
  expect(openClusterKey(folder)).toBeUndefined();
});
