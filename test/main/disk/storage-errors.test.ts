import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../main/ports.ts';
import { damaged, toStorageError, writtenByNewerVersion } from '../../../main/disk/storage-errors.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: as the system says`), { code });

describe('what a person is told', () => {
  it.each([
    ['EACCES', 'unwritable', 'Choose another folder'],
    ['EROFS', 'unwritable', 'read-only'],
    ['ENOSPC', 'full', 'free some space'],
    ['EDQUOT', 'full', 'free some space'],
    ['EMFILE', 'io', 'close other programs'],
    ['EIO', 'io', 'Check the disk'],
  ])('of %s: %s, where, and what to do', (code, expected, advice) => {
    const error = toStorageError(systemError(code), '/data/node-1', 'write to');
    expect(error.code).toBe(expected);
    expect(error.file).toBe('/data/node-1');
    expect(error.message).toContain(`Could not write to /data/node-1: ${code}: as the system says. `);
    expect(error.message).toContain(advice);
  });

  it('of damage: file, offset and what to do', () => {
    const error = damaged('/data/log', 1234, 'a record is not whole');
    expect(error.code).toBe('damaged');
    expect(error.message).toMatch(/^\/data\/log is damaged at byte 1234: a record is not whole\. .*Restore the folder/);
  });

  it('of a newer version: which one, and what to do', () => {
    expect(writtenByNewerVersion('/data/log', 3, 1).message).toMatch(
      /format 3; this one reads up to 1\)\. Open the folder with/,
    );
  });

  it('keeps a StorageError, and takes anything that is thrown', () => {
    const error = new StorageError('full', 'x', 'y');
    expect(toStorageError(error, '/z', 'read')).toBe(error);
    expect(toStorageError('text', '/z', 'read').message).toContain('text');
  });
});
