/** Replaces a small file as a whole: written beside it, made durable, renamed over it. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolderAt } from '../disk/node-files.ts';

/** @throws the system's error; the file is then what it was. */
export function writeFileAside(path: string, text: string): void {
  const aside = `${path}.new`;
  const file = openSync(aside, 'w');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  syncFolderAt(dirname(path));
}
