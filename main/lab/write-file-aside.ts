/** Replaces a small file as a whole: written beside it, made durable, renamed over it. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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
  syncFolder(dirname(path));
}

/** Makes the rename durable. Windows opens no folders as files and needs none of this. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
