/**
 * The Storage port over the log: changes wait in memory until a flush makes all of them durable at once.
 */
import { assert, AssertionError } from '../../shared/assert.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { Files, FlushOutcome, RecoveredState, Storage, StorageError, StorageWrite } from '../ports.ts';
import { EntryCache } from './entry-cache.ts';
import { EntryReader } from './entry-reader.ts';
import type { LogState } from './log-state.ts';
import { recordBytes } from './record.ts';
import type { DiskRecord } from './record.ts';
import { segmentName } from './segment.ts';
import { toStorageError } from './storage-errors.ts';
import type { Wal } from './wal.ts';

/** What a LogStorage is made of: see `openStorage`. */
export interface LogStorageParts {
  readonly files: Files;
  readonly recovered: RecoveredState;
  /** The log on disk. From here on only this storage changes it. */
  readonly state: LogState;
  readonly wal: Wal;
  readonly entryCacheBytesMax: number;
  /** For `durationNs`. */
  readonly nowNs: () => number;
  /** Called once, when everything is closed. */
  readonly onClose: () => void;
}

export class LogStorage implements Storage {
  readonly recovered: RecoveredState;
  readonly #parts: LogStorageParts;
  readonly #cache: EntryCache;
  readonly #reader: EntryReader;
  /** Taken in, not durable. */
  #pending: DiskRecord[] = [];
  /** Of the log with what is pending. */
  #lastIndex: number;
  /** Up to here the log with what is pending is the one on disk. */
  #durableIndex: number;
  #failure: StorageError | undefined;
  #closed = false;

  constructor(parts: LogStorageParts) {
    const { files, recovered, state, wal } = parts;
    this.#parts = parts;
    this.recovered = recovered;
    this.#lastIndex = recovered.lastIndex;
    this.#durableIndex = recovered.lastIndex;
    this.#cache = new EntryCache(recovered.lastIndex + 1, parts.entryCacheBytesMax);
    this.#reader = new EntryReader(files, recovered.storageId, wal, state.index);
  }

  write(change: StorageWrite): void {
    this.#checkUsable();
    // First on disk, so that a torn flush never leaves entries of a term above the recorded one.
    if (change.hardState) this.#pending.push({ type: 'hard-state', hardState: change.hardState });
    if (change.truncateFrom !== undefined) this.#truncate(change.truncateFrom);
    for (const entry of change.entries ?? []) this.#append(entry);
  }

  flush(done: (outcome: FlushOutcome) => void): void {
    assert(!this.#closed, 'a closed storage is not flushed');
    done(this.#flushPending());
  }

  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    this.#checkUsable();
    const inRange = firstIndex >= 1 && firstIndex <= lastIndex && lastIndex <= this.#lastIndex;
    assert(inRange, `entries ${firstIndex} to ${lastIndex} are read from a log of ${this.#lastIndex}`);
    const lastOnDisk = Math.min(lastIndex, this.#cache.firstIndex - 1);
    const entries = firstIndex <= lastOnDisk ? this.#readFromDisk(firstIndex, lastOnDisk, bytesMax) : [];
    // Short of it: the limit is reached.
    if (firstIndex + entries.length > lastOnDisk) this.#readFromCache(entries, firstIndex, lastIndex, bytesMax);
    return entries;
  }

  close(): void {
    if (this.#closed) return;
    const outcome = this.#failure ? undefined : this.#flushPending();
    this.#closed = true;
    try {
      this.#parts.wal.close();
    } finally {
      this.#parts.onClose();
    }
    if (outcome?.ok === false) throw outcome.error;
  }

  #truncate(fromIndex: number): void {
    assert(fromIndex >= 1, `a log is cut from entry 1 at the earliest, not from ${fromIndex}`);
    if (fromIndex > this.#lastIndex) return;
    this.#pending.push({ type: 'truncate', fromIndex });
    this.#cache.truncate(fromIndex);
    this.#lastIndex = fromIndex - 1;
    this.#durableIndex = Math.min(this.#durableIndex, this.#lastIndex);
  }

  #append(entry: LogEntry): void {
    assert(entry.index === this.#lastIndex + 1, `entry ${entry.index} is appended behind entry ${this.#lastIndex}`);
    this.#pending.push({ type: 'entry', entry });
    this.#cache.append(entry);
    this.#lastIndex = entry.index;
  }

  #flushPending(): FlushOutcome {
    if (this.#failure) return { ok: false, error: this.#failure };
    if (this.#pending.length === 0) return { ok: true, bytes: 0, durationNs: 0 };
    const { wal, state, nowNs } = this.#parts;
    const startNs = nowNs();
    try {
      const { segment, offset, bytes } = wal.flush(this.#pending, state);
      this.#fold(segment, offset);
      return { ok: true, bytes, durationNs: nowNs() - startNs };
    } catch (error) {
      this.#failure = this.#asStorageError(error, 'write to');
      if (error instanceof AssertionError) throw error;
      return { ok: false, error: this.#failure };
    }
  }

  /** The pending records are on disk, one behind the other from `offset` on. */
  #fold(segment: number, offset: number): void {
    for (const record of this.#pending) {
      const problem = this.#parts.state.apply(record, segment, offset);
      assert(problem === undefined, `what was flushed follows what was there: ${problem}`);
      offset += recordBytes(record);
    }
    this.#pending = [];
    this.#durableIndex = this.#lastIndex;
    this.#cache.evict(this.#durableIndex);
  }

  #readFromDisk(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    try {
      return this.#reader.read(firstIndex, lastIndex, bytesMax);
    } catch (error) {
      if (error instanceof AssertionError) throw error;
      throw this.#asStorageError(error, 'read');
    }
  }

  /** Adds what the cache holds behind `entries`, within the limit. */
  #readFromCache(entries: LogEntry[], firstIndex: number, lastIndex: number, bytesMax: number): void {
    let bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    for (let index = firstIndex + entries.length; index <= lastIndex; index += 1) {
      const entry = this.#cache.get(index);
      assert(entry !== undefined, `entry ${index} is in the cache or on disk`);
      bytes += entryBytes(entry);
      if (bytes > bytesMax && entries.length > 0) return;
      entries.push(entry);
    }
  }

  #asStorageError(error: unknown, act: string): StorageError {
    const { files, wal } = this.#parts;
    return toStorageError(error, files.pathOf(segmentName(wal.segment)), act);
  }

  #checkUsable(): void {
    assert(!this.#closed, 'a closed storage is not used');
    if (this.#failure) throw this.#failure;
  }
}
