import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileAside } from '../../../main/lab/write-file-aside.ts';

it('replaces a file as a whole and leaves nothing beside it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'raft-lab-aside-'));
  try {
    const path = join(folder, 'a.json');
    writeFileSync(`${path}.new`, 'left by a crash, and much longer than what is written now');
    writeFileAside(path, 'one');
    writeFileAside(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(() => writeFileAside(join(folder, 'none', 'a.json'), 'x')).toThrow('ENOENT');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
