import { closeSync, fdatasyncSync, existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diskFlushes } from '../../../main/bench/disk-flushes.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

it('counts up, or says that it does not know', () => {
  const folder = temporaryFolder();
  const before = diskFlushes(folder);
  const file = openSync(join(folder, 'a'), 'w');
  for (let round = 0; round < 3; round += 1) {
    writeSync(file, 'x');
    fdatasyncSync(file);
  }
  closeSync(file);
  const after = diskFlushes(folder);
  expect(typeof after).toBe(typeof before);
  expect(after ?? 0).toBeGreaterThanOrEqual(before ?? 0);
});

it('knows nothing of a folder that is not there', () => {
  const path = join(temporaryFolder(), 'gone');
  expect(existsSync(path)).toBe(false);
  expect(diskFlushes(path)).toBeUndefined();
});
