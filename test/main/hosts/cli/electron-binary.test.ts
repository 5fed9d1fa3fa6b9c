import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronBinary, electronFolder } from '../../../../main/hosts/cli/electron-binary.ts';

/** Where the executable lies in Electron's folder on this system. */
const executable =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'raft-lab-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text = ''): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('Electron’s package', () => {
  it('is found without being imported', () => {
    expect(electronFolder()).toMatch(/node_modules[\\/]electron$/);
  });
});

describe('Electron’s binary', () => {
  it('is there when its installer has finished, with this version', () => {
    put('package.json', '{ "version": "45.4.1" }');
    const binary = put(`dist/${executable}`);
    expect(electronBinary(folder, {})).toBeUndefined();
    put('dist/version', '44.0.0');
    put('path.txt', executable);
    expect(electronBinary(folder, {})).toBeUndefined();
    put('dist/version', 'v45.4.1\n');
    expect(electronBinary(folder, {})).toBe(binary);
    rmSync(join(folder, 'path.txt'));
    expect(electronBinary(folder, {})).toBeUndefined();
  });

  it('may be another one', () => {
    expect(electronBinary(undefined, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeUndefined();
    const binary = put(executable);
    expect(electronBinary(undefined, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(binary);
  });

  it('is missing where the package is', () => {
    expect(electronBinary(undefined, {})).toBeUndefined();
    expect(electronBinary(folder, {})).toBeUndefined();
  });
});
