/** The Storage port in memory, with a disk that a test can slow down, hold or break. What was not flushed, a crash loses. */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import {
  StorageError,
  type FlushOutcome,
  type RecoveredState,
  type SnapshotChunk,
  type Storage,
  type StorageWrite,
} from '../../main/ports.ts';

interface Snapshot {
  readonly meta: SnapshotMeta;
  readonly data: Uint8Array;
}

interface Contents {
  /** The entry before the first one that is held. */
  readonly base: { readonly index: number; readonly term: number };
  readonly entries: readonly LogEntry[];
  readonly hardState: { readonly term: number; readonly votedFor: number | null };
  readonly snapshot: Snapshot | null;
}

export class MemoryDisk {
  /** Survives a crash. */
  durable: Contents = {
    base: { index: 0, term: 0 },
    entries: [],
    hardState: { term: 0, votedFor: null },
    snapshot: null,
  };
  boot = 0;
  /** How a flush is carried out; it calls `complete` when it is done. */
  flushVia: (complete: () => void) => void = (complete) => complete();
  /** The same for a snapshot that is saved. */
  saveVia: (complete: () => void) => void = (complete) => complete();
  /** When set, the next flush or save fails with it. */
  failure: StorageError | undefined;
  /** When set, the next write is refused with it. */
  writeFailure: Error | undefined;
  /** When set, entries can't be read. */
  readFailure: StorageError | undefined;
  flushes = 0;
  closed = false;

  open(): Storage {
    this.boot += 1;
    this.closed = false;
    return new MemoryStorage(this);
  }

  /** As a file system would say it. */
  static broken(file = '/data/wal'): StorageError {
    return new StorageError('io', file, `${file}: the disk does not answer.`);
  }
}

function recover({ base, entries, hardState, snapshot }: Contents, boot: number): RecoveredState {
  const starts = entries.filter(({ term }, position) => entries[position - 1]?.term !== term);
  return {
    storageId: '00000000-0001-4000-8000-000000000000',
    boot,
    hardState,
    snapshot: snapshot?.meta ?? null,
    compacted: base,
    lastIndex: base.index + entries.length,
    termRuns: starts.map(({ index, term }) => ({ term, firstIndex: index })),
    entrySizes: entries.map(entryBytes),
    configurations: entries.flatMap(({ index, configuration }) => (configuration ? [{ index, configuration }] : [])),
    repairs: [],
  };
}

class MemoryStorage implements Storage {
  readonly recovered: RecoveredState;
  readonly #disk: MemoryDisk;
  #current: Contents;
  #staged = new Uint8Array();

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
    this.#current = disk.durable;
    this.recovered = recover(disk.durable, disk.boot);
  }

  write({ truncateFrom, entries = [], hardState, installSnapshot }: StorageWrite): void {
    if (this.#disk.writeFailure) throw this.#disk.writeFailure;
    if (hardState) this.#current = { ...this.#current, hardState };
    if (installSnapshot) this.#install(installSnapshot);
    const { base } = this.#current;
    const kept = this.#current.entries.slice(0, (truncateFrom ?? Infinity) - 1 - base.index);
    this.#current = { ...this.#current, entries: [...kept, ...entries] };
  }

  flush(done: (outcome: FlushOutcome) => void): void {
    const flushed = this.#current;
    this.#disk.flushes += 1;
    this.#begin(this.#disk.flushVia, done, () => {
      const { snapshot } = this.#disk.durable;
      this.#disk.durable = { ...flushed, snapshot: later(flushed.snapshot, snapshot) };
    });
  }

  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    if (this.#disk.readFailure) throw this.#disk.readFailure;
    const { base, entries } = this.#current;
    const found: LogEntry[] = [];
    let bytes = 0;
    const held = firstIndex > base.index ? entries.slice(firstIndex - 1 - base.index, lastIndex - base.index) : [];
    for (const entry of held) {
      bytes += entryBytes(entry);
      if (found.length > 0 && bytes > bytesMax) break;
      found.push(entry);
    }
    if (found.length === 0) throw new Error(`entries ${firstIndex} to ${lastIndex} are not there`);
    return found;
  }

  saveSnapshot(meta: SnapshotMeta, data: Uint8Array, done: (outcome: FlushOutcome) => void): void {
    this.#begin(this.#disk.saveVia, done, () => {
      const snapshot = { meta, data };
      this.#current = { ...this.#current, snapshot: later(this.#current.snapshot, snapshot) };
      this.#disk.durable = { ...this.#disk.durable, snapshot: later(this.#disk.durable.snapshot, snapshot) };
    });
  }

  stageChunk({ offset, data }: SnapshotChunk): void {
    if (offset !== 0 && offset !== this.#staged.byteLength) throw new Error(`a chunk at ${offset} leaves a gap`);
    this.#staged = new Uint8Array([...this.#staged.subarray(0, offset), ...data]);
  }

  readSnapshot(offset: number, byteCount: number): Uint8Array {
    const { snapshot } = this.#current;
    if (!snapshot) throw new Error('there is no snapshot');
    return snapshot.data.subarray(offset, offset + byteCount);
  }

  compact(index: number): void {
    const { base, entries, snapshot } = this.#current;
    const last = entries[index - base.index - 1];
    if (!last || index > (snapshot?.meta.lastIncludedIndex ?? 0)) throw new Error(`${index} can't be compacted`);
    this.#current = { ...this.#current, base: { index, term: last.term }, entries: entries.slice(index - base.index) };
  }

  close(): void {
    this.#disk.closed = true;
    if (this.#disk.failure) throw this.#disk.failure;
    this.#disk.durable = this.#current;
  }

  #install(meta: SnapshotMeta): void {
    const { lastIncludedIndex: index, lastIncludedTerm: term } = meta;
    const snapshot = { meta, data: this.#staged };
    this.#current = { ...this.#current, base: { index, term }, entries: [], snapshot };
    this.#staged = new Uint8Array();
  }

  #begin(via: (complete: () => void) => void, done: (outcome: FlushOutcome) => void, complete: () => void): void {
    const { failure } = this.#disk;
    via(() => {
      // The server has crashed meanwhile: its write is lost.
      if (this.#disk.boot !== this.recovered.boot) return;
      if (failure) return done({ ok: false, error: failure });
      complete();
      return done({ ok: true, bytes: 1, durationNs: 1 });
    });
  }
}

function later(left: Snapshot | null, right: Snapshot | null): Snapshot | null {
  return (left?.meta.lastIncludedIndex ?? 0) >= (right?.meta.lastIncludedIndex ?? 0) ? left : right;
}
