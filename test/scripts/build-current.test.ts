import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuildCurrent } from '../../scripts/build-current.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'raft-lab-build-'));
  for (const path of ['main/lab/lab.ts', 'renderer/main.ts', 'shared/ids.ts', 'package.json']) put(path, 10);
  for (const path of ['main/cli.mjs', 'main/electron.mjs', 'preload/preload.cjs', 'renderer/index.html'])
    put(`out/${path}`, 20);
});
afterEach(() => rmSync(root, { recursive: true }));

/** A file, and the folders that hold it, last changed at a second of long ago. */
function put(path: string, atSecond: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  for (let place = file; place !== root; place = dirname(place)) utimesSync(place, atSecond, atSecond);
}

describe('the build', () => {
  it('is current when it is younger than all sources', () => {
    expect(isBuildCurrent(root)).toBe(true);
  });

  it.each(['main/lab/lab.ts', 'renderer/main.ts', 'shared/new.ts', 'package.json', 'resources/icon.svg'])(
    'is out of date when %s has changed',
    (path) => {
      put(path, 30);
      expect(isBuildCurrent(root)).toBe(false);
    },
  );

  it('is out of date when a source was removed', () => {
    rmSync(join(root, 'main/lab/lab.ts'));
    expect(isBuildCurrent(root)).toBe(false);
  });

  it('is out of date when a part of it is missing, or was left over from before', () => {
    put('out/preload/preload.cjs', 5);
    expect(isBuildCurrent(root)).toBe(false);
    rmSync(join(root, 'out'), { recursive: true });
    expect(isBuildCurrent(root)).toBe(false);
  });
});
