/**
 * Makes a folder hold what another one does, byte for byte, and durable.
 */
import type { FileHandle, Files } from '../ports.ts';
import { contentsOf, type PowerCutFiles } from './power-cut-files.ts';

/** @param wanted lies over `files`: what it has not read is there already */
export function restoreFolder(files: Files, wanted: PowerCutFiles): void {
  const present = new Set(files.list());
  for (const name of present) if (!wanted.list().includes(name)) files.remove(name);
  for (const name of wanted.list()) {
    if (!wanted.isRead(name)) continue;
    const handle = files.open(name, present.has(name) ? 'read-write' : 'create-new');
    try {
      makeHold(handle, contentsOf(wanted, name));
    } finally {
      handle.close();
    }
  }
  files.syncFolder();
}

/** Writes only where something differs: a log may be long, and what was not flushed is its end. */
function makeHold(handle: FileHandle, bytes: Uint8Array): void {
  const step = 64 * 1024;
  const present = new Uint8Array(step);
  for (let at = 0; at < bytes.length; at += step) {
    const part = bytes.subarray(at, at + step);
    const count = handle.read(present.subarray(0, part.length), at);
    if (count < part.length || Buffer.compare(part, present.subarray(0, count)) !== 0) handle.write(part, at);
  }
  if (handle.size() !== bytes.length) handle.truncate(bytes.length);
  handle.dataSync();
}
