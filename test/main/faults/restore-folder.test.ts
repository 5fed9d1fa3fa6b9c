import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFolder } from '../../../main/disk/node-files.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import { restoreFolder } from '../../../main/faults/restore-folder.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

it('makes a folder hold what another one does, and leaves alone what nobody touched', () => {
  const folder = temporaryFolder();
  const files = openFolder(folder);
  for (const name of ['quiet', 'changed', 'shorter', 'away', 'renamed']) {
    writeFileSync(join(folder, name), name.repeat(40_000));
  }
  const wanted = PowerCutFiles.over(files);
  const changed = wanted.open('changed', 'read-write');
  changed.write(Buffer.from('X'), 200_000);
  wanted.open('shorter', 'read-write').truncate(10);
  wanted.remove('away');
  wanted.rename('renamed', 'new name');
  wanted.open('made', 'create-new').write(Buffer.from('made'), 0);
  const { ctimeMs } = statSync(join(folder, 'quiet'));
  restoreFolder(files, wanted);
  const { quiet, shorter, made, ...others } = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  expect([quiet === 'quiet'.repeat(40_000), shorter, made]).toEqual([true, 'shortersho', 'made']);
  expect(others['new name'] === 'renamed'.repeat(40_000)).toBe(true);
  expect(others['changed']?.[200_000]).toBe('X');
  expect(Object.keys(others).toSorted()).toEqual(['changed', 'new name']);
  expect(statSync(join(folder, 'quiet')).ctimeMs).toBe(ctimeMs);
});
