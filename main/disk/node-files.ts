/**
 * The Files port over one real folder. Synchronous on purpose: a node that can't write must not go on leading, and one
 * thread that waits for its disk is faster than two that wait for each other.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { assert } from '../../shared/assert.ts';
import type { FileHandle, Files } from '../ports.ts';
import { systemCodeOf, toStorageError } from './storage-errors.ts';

const openFlags = { read: 'r', 'read-write': 'r+', 'create-new': 'wx+' } as const;

/** What systems answer for a folder that can't be flushed, which some file systems do not offer. */
const folderSyncRefusals = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF']);

/**
 * The folder at `path`, made when it is missing (durably, with the folders above it).
 * @throws StorageError when it can't be made.
 */
export function openFolder(path: string): Files {
  return new NodeFiles(makeFolder(path));
}

/** Makes the folder when it is missing. @returns its real path. @throws StorageError. */
export function makeFolder(path: string): string {
  const folder = resolve(path);
  return withPath(folder, 'use the folder', () => {
    makeMissing(folder);
    return realpathSync.native(folder);
  });
}

/**
 * Makes the folder with those above it, each name durable before the next.
 * One by one, because `mkdirSync` with `recursive` never returns where the system answers ENOENT for a folder whose parent is there (/proc).
 */
function makeMissing(folder: string): void {
  if (existsSync(folder)) {
    // Throws for a file.
    readdirSync(folder);
    return;
  }
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another node made it meanwhile.
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  }
  syncFolderAt(dirname(folder));
}

/** Makes the names in a folder durable, where there is such a thing. Windows has none: NTFS journals names by itself. */
export function syncFolderAt(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!folderSyncRefusals.has(systemCodeOf(error))) throw error;
  } finally {
    closeSync(descriptor);
  }
}

class NodeFiles implements Files {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  list(): string[] {
    return withPath(this.#folder, 'list', () => readdirSync(this.#folder));
  }

  open(name: string, mode: 'read' | 'read-write' | 'create-new'): FileHandle {
    const path = this.pathOf(name);
    return withPath(
      path,
      mode === 'create-new' ? 'create' : 'open',
      () => new NodeFileHandle(path, openSync(path, openFlags[mode])),
    );
  }

  rename(from: string, to: string): void {
    withPath(this.pathOf(to), 'replace', () => renameSync(this.pathOf(from), this.pathOf(to)));
  }

  remove(name: string): void {
    withPath(this.pathOf(name), 'remove', () => unlinkSync(this.pathOf(name)));
  }

  syncFolder(): void {
    withPath(this.#folder, 'flush the folder', () => syncFolderAt(this.#folder));
  }

  pathOf(name: string): string {
    assert(!/[/\\]/.test(name), `a plain file name is wanted, not ${name}`);
    return join(this.#folder, name);
  }
}

class NodeFileHandle implements FileHandle {
  readonly #path: string;
  readonly #descriptor: number;

  constructor(path: string, descriptor: number) {
    this.#path = path;
    this.#descriptor = descriptor;
  }

  read(buffer: Uint8Array, position: number): number {
    return withPath(this.#path, 'read', () => {
      let filled = 0;
      while (filled < buffer.length) {
        const count = readSync(this.#descriptor, buffer, filled, buffer.length - filled, position + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled;
    });
  }

  write(bytes: Uint8Array, position: number): void {
    withPath(this.#path, 'write to', () => {
      let written = 0;
      while (written < bytes.length) {
        const count = writeSync(this.#descriptor, bytes, written, bytes.length - written, position + written);
        if (count === 0) throw new Error(`the system took ${written} of ${bytes.length} bytes`);
        written += count;
      }
    });
  }

  truncate(length: number): void {
    withPath(this.#path, 'set the length of', () => ftruncateSync(this.#descriptor, length));
  }

  dataSync(): void {
    withPath(this.#path, 'flush', () => fdatasyncSync(this.#descriptor));
  }

  size(): number {
    return withPath(this.#path, 'read the size of', () => fstatSync(this.#descriptor).size);
  }

  close(): void {
    withPath(this.#path, 'close', () => closeSync(this.#descriptor));
  }
}

/** Runs `act`; whatever it throws becomes a StorageError that names `path`. */
function withPath<T>(path: string, what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toStorageError(error, path, what);
  }
}
