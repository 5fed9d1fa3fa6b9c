import { mkdirSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, openFolder } from '../../../main/disk/node-files.ts';
import { storageErrorOf, temporaryFolder } from './disk-fixture.ts';

describe('a folder', () => {
  it('is made with the folders above it', () => {
    const folder = join(temporaryFolder(), 'a', 'b', 'c');
    expect(openFolder(folder).list()).toEqual([]);
    expect(statSync(folder).isDirectory()).toBe(true);
    expect(openFolder(folder).pathOf('x')).toBe(join(folder, 'x'));
  });

  it('has one real path, however it is named', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'), 'junction');
    expect(makeFolder(join(folder, 'link', '..', 'link'))).toBe(realpathSync.native(join(folder, 'real')));
  });

  it('can not be a file', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    const error = storageErrorOf(() => openFolder(path));
    expect(error.code).toBe('unwritable');
    expect(error.message).toContain(path);
    expect(error.message).toContain('choose another folder');
  });

  it('can not be below a file', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    const error = storageErrorOf(() => openFolder(join(path, 'node-1')));
    expect(error.code).toBe('unwritable');
    expect(error.message).toContain('choose another folder');
  });

  it.runIf(process.platform === 'linux')('can not be where the system makes none', () => {
    const error = storageErrorOf(() => openFolder('/proc/raft-lab-data'));
    expect(error.code).toBe('unwritable');
    expect(error.message).toContain('/proc/raft-lab-data');
  });

  it('takes plain names only', () => {
    expect(() => openFolder(temporaryFolder()).pathOf('../x')).toThrow('plain file name');
  });
});

describe('a file', () => {
  it('is written and read by position', () => {
    const folder = temporaryFolder();
    const handle = openFolder(folder).open('file', 'create-new');
    handle.write(Uint8Array.of(1, 2, 3), 4);
    handle.write(Uint8Array.of(9), 5);
    handle.dataSync();
    const buffer = new Uint8Array(10);
    expect(handle.read(buffer, 3)).toBe(4);
    expect([...buffer.subarray(0, 4)]).toEqual([0, 1, 9, 3]);
    expect(handle.size()).toBe(7);
    handle.truncate(5);
    expect(handle.size()).toBe(5);
    handle.close();
    expect([...readFileSync(join(folder, 'file'))]).toEqual([0, 0, 0, 0, 1]);
  });

  it('is made once, renamed over another, removed', () => {
    const files = openFolder(temporaryFolder());
    for (const name of ['one', 'two']) {
      const handle = files.open(name, 'create-new');
      handle.write(new TextEncoder().encode(name), 0);
      handle.close();
    }
    expect(storageErrorOf(() => files.open('one', 'create-new')).file).toBe(files.pathOf('one'));
    files.rename('one', 'two');
    files.syncFolder();
    expect(files.list()).toEqual(['two']);
    expect(readFileSync(files.pathOf('two'), 'utf8')).toBe('one');
    files.remove('two');
    expect(files.list()).toEqual([]);
    expect(storageErrorOf(() => files.open('two', 'read')).message).toContain(files.pathOf('two'));
    expect(storageErrorOf(() => files.remove('two')).file).toBe(files.pathOf('two'));
  });

  it('opened for reading is not written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'x');
    const handle = openFolder(folder).open('file', 'read');
    expect(storageErrorOf(() => handle.write(Uint8Array.of(1), 0)).message).toContain(join(folder, 'file'));
    handle.close();
  });

  it.runIf(process.platform === 'linux')('on a full disk is told from one that is broken', () => {
    const handle = openFolder('/dev').open('full', 'read-write');
    const error = storageErrorOf(() => handle.write(Uint8Array.of(1), 0));
    handle.close();
    expect(error.code).toBe('full');
    expect(error.message).toContain('/dev/full');
    expect(error.message).toContain('free some space');
  });
});
