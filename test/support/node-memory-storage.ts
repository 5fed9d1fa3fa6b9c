/** The Storage port in memory, with a disk that a test can slow down, hold or break. What was not flushed, a crash loses. */
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import {
  StorageError,
  type FlushOutcome,
  type RecoveredState,
  type Storage,
  type StorageWrite,
} from '../../main/ports.ts';

interface Contents {
  readonly entries: readonly LogEntry[];
  readonly hardState: { readonly term: number; readonly votedFor: number | null };
}

export class MemoryDisk {
  /** Survives a crash. */
  durable: Contents = { entries: [], hardState: { term: 0, votedFor: null } };
  boot = 0;
  /** How a flush is carried out; it calls `complete` when it is done. */
  flushVia: (complete: () => void) => void = (complete) => complete();
  /** When set, the next flush fails with it. */
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

class MemoryStorage implements Storage {
  readonly recovered: RecoveredState;
  readonly #disk: MemoryDisk;
  #current: Contents;

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
    this.#current = disk.durable;
    const { entries, hardState } = disk.durable;
    const termRuns = entries
      .filter(({ index, term }) => entries[index - 2]?.term !== term)
      .map(({ index, term }) => ({ term, firstIndex: index }));
    const storageId = '00000000-0000-4000-8000-000000000000';
    const entrySizes = entries.map(entryBytes);
    this.recovered = {
      storageId,
      boot: disk.boot,
      hardState,
      lastIndex: entries.length,
      termRuns,
      entrySizes,
      repairs: [],
    };
  }

  write({ truncateFrom, entries, hardState }: StorageWrite): void {
    if (this.#disk.writeFailure) throw this.#disk.writeFailure;
    const kept = this.#current.entries.slice(0, (truncateFrom ?? Infinity) - 1);
    this.#current = { entries: [...kept, ...(entries ?? [])], hardState: hardState ?? this.#current.hardState };
  }

  flush(done: (outcome: FlushOutcome) => void): void {
    const flushed = this.#current;
    const { failure } = this.#disk;
    this.#disk.flushes += 1;
    this.#disk.flushVia(() => {
      // The server has crashed meanwhile: its write is lost.
      if (this.#disk.boot !== this.recovered.boot) return;
      if (failure) return done({ ok: false, error: failure });
      this.#disk.durable = flushed;
      return done({ ok: true, bytes: 1, durationNs: 1 });
    });
  }

  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    if (this.#disk.readFailure) throw this.#disk.readFailure;
    const found: LogEntry[] = [];
    let bytes = 0;
    for (const entry of this.#current.entries.slice(firstIndex - 1, lastIndex)) {
      bytes += entryBytes(entry);
      if (found.length > 0 && bytes > bytesMax) break;
      found.push(entry);
    }
    if (found.length === 0) throw new Error(`entries ${firstIndex} to ${lastIndex} are not there`);
    return found;
  }

  close(): void {
    this.#disk.closed = true;
    if (this.#disk.failure) throw this.#disk.failure;
    this.#disk.durable = this.#current;
  }
}
