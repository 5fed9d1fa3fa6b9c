/**
 * The Storage port over the log: changes wait in memory until a flush makes all of them durable at once.
 */
import { assert, AssertionError } from '../../shared/assert.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type {
  Files,
  FlushOutcome,
  RecoveredState,
  SnapshotChunk,
  Storage,
  StorageError,
  StorageWrite,
} from '../ports.ts';
import { compactLog, restartLog } from './compaction.ts';
import { EntryReader } from './entry-reader.ts';
import type { LogState } from './log-state.ts';
import { LogTail } from './log-tail.ts';
import { segmentName } from './segment.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import { toStorageError } from './storage-errors.ts';
import type { Wal } from './wal.ts';

/** What it is made of: see `openStorage`. */
export interface LogStorageParts {
  readonly files: Files;
  readonly recovered: RecoveredState;
  /** The log on disk. From here on only this storage changes it. */
  readonly state: LogState;
  readonly wal: Wal;
  readonly snapshots: SnapshotStore;
  readonly entryCacheBytesMax: number;
  /** For `durationNs`. */
  readonly nowNs: () => number;
  /** Called once, when everything is closed. */
  readonly onClose: () => void;
}

export class LogStorage implements Storage {
  readonly recovered: RecoveredState;
  readonly #parts: LogStorageParts;
  readonly #tail: LogTail;
  readonly #reader: EntryReader;
  #failure: StorageError | undefined;
  #closed = false;

  constructor(parts: LogStorageParts) {
    const { files, recovered, state, wal } = parts;
    this.#parts = parts;
    this.recovered = recovered;
    this.#tail = new LogTail(state, parts.entryCacheBytesMax);
    this.#reader = new EntryReader(files, recovered.storageId, wal, state.index);
  }

  write(change: StorageWrite): void {
    this.#checkUsable();
    // First on disk, so that a torn flush never leaves entries of a term above the recorded one.
    if (change.hardState) this.#tail.setHardState(change.hardState);
    if (change.installSnapshot) this.#install(change.installSnapshot);
    if (change.truncateFrom !== undefined) this.#tail.truncate(change.truncateFrom);
    for (const entry of change.entries ?? []) this.#tail.append(entry);
  }

  flush(done: (outcome: FlushOutcome) => void): void {
    assert(!this.#closed, 'a closed storage is not flushed');
    done(this.#flushPending());
  }

  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    this.#checkUsable();
    const inRange =
      firstIndex > this.#parts.state.base.index && firstIndex <= lastIndex && lastIndex <= this.#tail.lastIndex;
    assert(inRange, `entries ${firstIndex} to ${lastIndex} are read from a log of ${this.#tail.lastIndex}`);
    const lastOnDisk = Math.min(lastIndex, this.#tail.lastIndexOnDisk);
    const entries =
      firstIndex <= lastOnDisk ? this.#reading(() => this.#reader.read(firstIndex, lastOnDisk, bytesMax)) : [];
    const nextIndex = firstIndex + entries.length;
    // Short of it: the limit is reached.
    if (nextIndex > lastOnDisk) this.#tail.read(entries, nextIndex, lastIndex, bytesMax);
    return entries;
  }

  saveSnapshot(meta: SnapshotMeta, data: Uint8Array, done: (outcome: FlushOutcome) => void): void {
    assert(!this.#closed, 'a closed storage saves no snapshot');
    const { lastIndex } = this.#tail;
    assert(meta.lastIncludedIndex <= lastIndex, `a snapshot is saved of more than the log, which ends at ${lastIndex}`);
    done(this.#save(meta, data));
  }

  stageChunk(chunk: SnapshotChunk): void {
    this.#checkUsable();
    this.#guard('receive a snapshot in', () => this.#parts.snapshots.stage(chunk));
  }

  readSnapshot(offset: number, byteCount: number): Uint8Array {
    this.#checkUsable();
    return this.#reading(() => this.#parts.snapshots.read(offset, byteCount));
  }

  compact(index: number): void {
    this.#checkUsable();
    const { files, wal, state, snapshots } = this.#parts;
    const held = snapshots.meta?.lastIncludedIndex ?? 0;
    assert(index <= held, `the log is compacted up to entry ${index}, but the snapshot ends at ${held}`);
    compactLog(files, wal, state, index);
    this.#tail.dropUpTo(index);
  }

  close(): void {
    if (this.#closed) return;
    const outcome = this.#failure ? undefined : this.#flushPending();
    this.#closed = true;
    try {
      this.#parts.wal.close();
      this.#parts.snapshots.close();
    } finally {
      this.#parts.onClose();
    }
    if (outcome?.ok === false) throw outcome.error;
  }

  /** Durable when it returns: first what came before, then the snapshot, then the log that depends on it. */
  #install(meta: SnapshotMeta): void {
    const flushed = this.#flushPending();
    if (!flushed.ok) throw flushed.error;
    const { files, wal, state, snapshots } = this.#parts;
    this.#guard('install a snapshot in', () => {
      snapshots.install(meta);
      restartLog(files, wal, state, { index: meta.lastIncludedIndex, term: meta.lastIncludedTerm });
    });
    this.#tail.restart();
  }

  #save(meta: SnapshotMeta, data: Uint8Array): FlushOutcome {
    const { snapshots, nowNs } = this.#parts;
    const startNs = nowNs();
    // A snapshot must not be ahead of the log and the term on disk.
    const flushed = this.#flushPending();
    if (!flushed.ok) return flushed;
    // A later one was installed while this one was made: that one stays.
    if (meta.lastIncludedIndex < (snapshots.meta?.lastIncludedIndex ?? 0)) return flushed;
    try {
      snapshots.save(meta, data);
      return { ok: true, bytes: data.byteLength, durationNs: nowNs() - startNs };
    } catch (error) {
      return { ok: false, error: this.#fail(error, 'save a snapshot in') };
    }
  }

  #flushPending(): FlushOutcome {
    if (this.#failure) return { ok: false, error: this.#failure };
    if (this.#tail.pending.length === 0) return { ok: true, bytes: 0, durationNs: 0 };
    const { wal, state, nowNs } = this.#parts;
    const startNs = nowNs();
    try {
      const { segment, offset, bytes } = wal.flush(this.#tail.pending, state);
      this.#tail.fold(segment, offset);
      return { ok: true, bytes, durationNs: nowNs() - startNs };
    } catch (error) {
      return { ok: false, error: this.#fail(error, 'write to') };
    }
  }

  #reading<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof AssertionError) throw error;
      throw this.#asStorageError(error, 'read');
    }
  }

  /** Runs an act that changes files. */
  #guard(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      throw this.#fail(error, what);
    }
  }

  /** What is on disk is unknown from now on: the storage is done for. @throws an error of our own code as it is. */
  #fail(error: unknown, what: string): StorageError {
    this.#failure = this.#asStorageError(error, what);
    if (error instanceof AssertionError) throw error;
    return this.#failure;
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
