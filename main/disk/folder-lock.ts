/**
 * Keeps a second process, thread or node out of a data folder: two writers would each destroy what the other
 * acknowledged. The lock is a local socket whose name follows from the folder's real path. The system releases it when
 * its holder ends in any way, so no lock is ever left behind.
 *
 * - Linux: an abstract socket, which no file stands for. (It reaches as far as the network namespace: containers that
 *   share a folder but not their network are not kept apart.)
 * - Windows: a named pipe.
 * - macOS and others: a socket file in the temporary folder. A killed holder leaves the file; nobody answers there, so
 *   the next one removes it.
 */
import { createHash } from 'node:crypto';
import { statSync, unlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '../ports.ts';
import { makeFolder } from './node-files.ts';
import { systemCodeOf, toStorageError } from './storage-errors.ts';

export interface FolderLock {
  /** Lets the next one in, at once. Further calls do nothing. */
  release(): void;
}

/**
 * Locks the folder, which is made when it is missing.
 * @throws StorageError `locked` when someone has it.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const folder = makeFolder(path);
  return lockAddress(addressOf(folder, process.platform), folder);
}

/** Where the lock of a folder listens. `folder` is a real path. */
export function addressOf(folder: string, platform: NodeJS.Platform): string {
  // Names of sockets are short: 104 bytes with the path on macOS.
  const name = `raft-lab-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.lock`);
}

/** Listens at `address` on behalf of `folder`. */
export async function lockAddress(address: string, folder: string): Promise<FolderLock> {
  try {
    return asLock(await listen(address));
  } catch (error) {
    if (systemCodeOf(error) !== 'EADDRINUSE') throw toStorageError(error, folder, 'lock');
  }
  if (!(await removeStale(address))) throw locked(folder);
  try {
    return asLock(await listen(address));
  } catch (error) {
    throw systemCodeOf(error) === 'EADDRINUSE' ? locked(folder) : toStorageError(error, folder, 'lock');
  }
}

function locked(folder: string): StorageError {
  return new StorageError(
    'locked',
    folder,
    `The data folder ${folder} is in use by another node or another copy of this program. Stop that one, or choose another folder.`,
  );
}

function asLock(server: Server): FolderLock {
  return { release: () => void server.close() };
}

function listen(address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: address, exclusive: true }, () => {
      server.off('error', reject);
      // Who asked could not be answered (too many open files, say). The lock holds all the same.
      server.on('error', () => {});
      // A node that has nothing else to do may end.
      server.unref();
      resolve(server);
    });
  });
}

/** Removes the socket file of a holder that was killed. @returns false when someone answers there, or when it is no file. */
async function removeStale(address: string): Promise<boolean> {
  if (address.startsWith('\0') || address.startsWith('\\\\')) return false;
  const before = inodeOf(address);
  if (before === undefined) return true;
  if (!(await isAbandoned(address))) return false;
  // Not the same file any more: another one came first, and has it now.
  if (inodeOf(address) !== before) return false;
  unlinkSync(address);
  return true;
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

/** True when the socket file has no listener any more. */
function isAbandoned(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error) => resolve(systemCodeOf(error) === 'ECONNREFUSED'));
  });
}
