/**
 * The sentences for a person when a data folder can't be used: what is wrong, where, and what to do about it.
 */
import { StorageError } from '../ports.ts';

const whatToDo =
  'A node does not start on a log that it cannot trust, and the log was left as it is. Restore the folder from a copy, or start a fresh cluster.';

/** Something that the log promises does not hold. `path` is the file's full path, `offset` in bytes from its start. */
export function damaged(path: string, offset: number, what: string): StorageError {
  return new StorageError('damaged', path, `${path} is damaged at byte ${offset}: ${what}. ${whatToDo}`);
}

/** The file says a format version that this program does not know. */
export function writtenByNewerVersion(path: string, version: number, ownVersion: number): StorageError {
  return new StorageError(
    'damaged',
    path,
    `${path} was written by a newer version of this program (format ${version}; this one reads up to ${ownVersion}). Open the folder with the newer version, or start a fresh cluster.`,
  );
}

const causes: Record<string, { readonly code: StorageError['code']; readonly advice: string }> = {
  EACCES: { code: 'unwritable', advice: 'Choose another folder, or give yourself the right to read and write there.' },
  EPERM: { code: 'unwritable', advice: 'Choose another folder, or give yourself the right to read and write there.' },
  EROFS: { code: 'unwritable', advice: 'It is on a read-only disk: choose a folder on another one.' },
  ENOTDIR: { code: 'unwritable', advice: 'A part of the path is a file: choose another folder.' },
  EEXIST: { code: 'unwritable', advice: 'Something else has that name: choose another folder.' },
  ENOENT: {
    code: 'unwritable',
    advice: 'It cannot be made there, or it was removed meanwhile: choose another folder.',
  },
  ENAMETOOLONG: { code: 'unwritable', advice: 'Choose a folder with a shorter path.' },
  ENOSPC: { code: 'full', advice: 'The disk is full: free some space, then start again.' },
  EDQUOT: { code: 'full', advice: 'Your quota on this disk is used up: free some space, then start again.' },
  EFBIG: { code: 'full', advice: 'The file may not grow further on this disk: choose a folder on another one.' },
  EMFILE: { code: 'io', advice: 'Too many files are open: close other programs, then start again.' },
  ENFILE: { code: 'io', advice: 'Too many files are open: close other programs, then start again.' },
};

/** The system's name for an error (`ENOSPC`), empty for any other. */
export function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Any error of a file operation as a StorageError. `act` completes "could not …": `write`, `make the folder`. */
export function toStorageError(error: unknown, path: string, act: string): StorageError {
  if (error instanceof StorageError) return error;
  const { code, advice } = causes[systemCodeOf(error)] ?? {
    code: 'io',
    advice: 'Check the disk, then start again.',
  };
  const reason = error instanceof Error ? error.message : String(error);
  return new StorageError(code, path, `Could not ${act} ${path}: ${reason}. ${advice}`, { cause: error });
}
