/**
 * Committed entries for the state machine, a chunk at a time, so that a long log never lies in memory at once.
 */
import type { LogEntry } from '../../shared/log-entry.ts';
import type { Storage } from '../ports.ts';

/** Bytes of entries that are applied at a time. */
const chunkBytes = 1024 * 1024;

/** Entries `from` to `to`, both included, in order. @throws StorageError when an entry can't be read. */
export function* readChunks(storage: Storage, from: number, to: number): Generator<readonly LogEntry[]> {
  let index = from;
  while (index <= to) {
    const entries = storage.readEntries(index, to, chunkBytes);
    yield entries;
    index += entries.length;
  }
}
