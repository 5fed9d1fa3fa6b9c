/** Replaces a small file as a whole: written beside it, made durable, renamed over it. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolderAt } from '../disk/node-files.ts';

/**
 * @param mode who may read and write it, on systems that know that
 * @throws the system's error; the file is then what it was.
 */
export function writeFileAside(path: string, text: string, mode = 0o666): void {
  const aside = `${path}.new`;
  const file = openSync(aside, 'w', mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  syncFolderAt(dirname(path));
}
