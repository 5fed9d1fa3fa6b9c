import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPageFile } from '../../../main/hosts/page-files.ts';

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'raft-lab-page-'));
  folder = join(root, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'folder.html'));
  writeFileSync(join(root, 'secret.html'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, '.hidden.html'), 'hidden');
  writeFileSync(join(folder, 'notes.txt'), 'no type for this');
  writeFileSync(join(folder, 'assets', 'index-B1x_y-Z.js'), 'export {};');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a page’s file', () => {
  it('is found by its path; the folder itself is index.html, and never kept by the browser unasked', async () => {
    for (const path of ['/', '/index.html', '/index%2Ehtml']) {
      expect(await readPageFile(folder, path)).toEqual({
        bytes: new Uint8Array(Buffer.from('<!doctype html>')),
        type: 'text/html; charset=utf-8',
        cacheControl: 'no-cache',
      });
    }
  });

  it('with a hash in its name may be kept for ever', async () => {
    expect(await readPageFile(folder, '/assets/index-B1x_y-Z.js')).toMatchObject({
      type: 'text/javascript; charset=utf-8',
      cacheControl: 'public, max-age=31536000, immutable',
    });
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.html',
    '/..%5csecret.html',
    '/assets\\..\\..\\secret.html',
    '//secret.html',
    '/index.html%00',
    '/%',
    '/.hidden.html',
    '/index.html::$DATA',
    '/notes.txt',
    '/folder.html',
    '/assets',
    '/missing.html',
  ])('is not %s', async (path) => {
    expect(await readPageFile(folder, path)).toBeUndefined();
  });
});
