import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appVersion, unpackedUrl } from '../../../main/hosts/built-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-built-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of the built app', () => {
  it('inside an archive is used from its copy outside', () => {
    const unpacked = join(folder, 'app.asar.unpacked', 'out');
    mkdirSync(unpacked, { recursive: true });
    writeFileSync(join(unpacked, 'lab-worker.mjs'), '');
    expect(unpackedUrl(pathToFileURL(join(folder, 'app.asar', 'out', 'lab-worker.mjs')))).toEqual(
      pathToFileURL(join(unpacked, 'lab-worker.mjs')),
    );
  });

  it('without a copy outside is used where it is', () => {
    const packed = pathToFileURL(join(folder, 'app.asar', 'out', 'lab-worker.mjs'));
    expect(unpackedUrl(packed)).toBe(packed);
    const plain = pathToFileURL(join(folder, 'out', 'lab-worker.mjs'));
    expect(unpackedUrl(plain)).toBe(plain);
  });
});

it('the version is that of package.json', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ version: appVersion() });
});
