/**
 * The Storage port over a disk in memory, for one process. A disk that is sound; main/faults makes it slow or worse.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import { required } from '../../shared/assert.ts';
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import {
  StorageError,
  type FlushOutcome,
  type RecoveredState,
  type SnapshotChunk,
  type Storage,
  type StorageWrite,
} from '../ports.ts';
import type { Draws } from './draws.ts';
import type { Task } from './event-heap.ts';
import type { MemoryDisk } from './memory-disk.ts';
import type { Process, World } from './world.ts';

/** How long a flush takes, nanoseconds; both 0: it has ended when `flush` returns, like a call that blocks. */
export interface FlushTimes {
  readonly minNs: number;
  readonly maxNs: number;
}

/** What is staged grows by chunks. */
interface Staging {
  readonly index: number;
  readonly term: number;
  bytes: Uint8Array;
}

const nothing = new Uint8Array();

export class MemoryStorage implements Storage {
  readonly recovered: RecoveredState;
  readonly #disk: MemoryDisk;
  readonly #times: FlushTimes;
  readonly #draws: Draws;
  readonly #world: World;
  readonly #process: Process;
  #staging: Staging | undefined;
  #unflushedBytes = 0;

  constructor(disk: MemoryDisk, times: FlushTimes, draws: Draws, world: World, process: Process) {
    this.#disk = disk;
    this.#times = times;
    this.#draws = draws;
    this.#world = world;
    this.#process = process;
    this.recovered = disk.recover();
  }

  write(change: StorageWrite): void {
    this.#unflushedBytes += this.#disk.write(change, this.#staging?.bytes ?? nothing);
    if (change.installSnapshot) this.#staging = undefined;
  }

  flush(done: (outcome: FlushOutcome) => void): void {
    const bytes = this.#unflushedBytes;
    this.#unflushedBytes = 0;
    const write = this.#disk.written;
    this.#begin(done, bytes, () => this.#disk.flushed(write));
  }

  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    const found: LogEntry[] = [];
    let bytes = 0;
    for (let index = firstIndex; index <= lastIndex; index++) {
      const entry = this.#disk.entryAt(index);
      if (entry === undefined) break;
      bytes += entryBytes(entry);
      if (found.length > 0 && bytes > bytesMax) break;
      found.push(entry);
    }
    const { firstIndex: held, lastIndex: last } = this.#disk;
    if (found.length > 0) return found;
    throw new StorageError(
      'io',
      'wal',
      `wal: entries from ${firstIndex} were asked for; ${held} to ${last} are there.`,
    );
  }

  saveSnapshot(meta: SnapshotMeta, data: Uint8Array, done: (outcome: FlushOutcome) => void): void {
    this.#begin(done, data.byteLength, () => this.#disk.saved({ meta, data }));
  }

  stageChunk({ lastIncludedIndex: index, lastIncludedTerm: term, offset, data }: SnapshotChunk): void {
    const staging = this.#staging;
    if (offset === 0 || staging?.index !== index || staging.term !== term || staging.bytes.byteLength < offset) {
      if (offset !== 0) throw new StorageError('io', 'snapshot', `snapshot: nothing is staged up to byte ${offset}.`);
      this.#staging = { index, term, bytes: data };
      return;
    }
    const bytes = new Uint8Array(offset + data.byteLength);
    bytes.set(staging.bytes.subarray(0, offset));
    bytes.set(data, offset);
    staging.bytes = bytes;
  }

  readSnapshot(offset: number, byteCount: number): Uint8Array {
    const { data } = required(this.#disk.snapshot, 'a snapshot that is read is there');
    return data.subarray(offset, offset + byteCount);
  }

  compact(index: number): void {
    this.#disk.compact(index);
  }

  /** Everything that was written is in the system's hands already. */
  close(): void {}

  #begin(done: (outcome: FlushOutcome) => void, bytes: number, apply: () => void): void {
    const { minNs, maxNs } = this.#times;
    const durationNs = maxNs === 0 ? 0 : this.#draws.integer(minNs, maxNs);
    const flush = new Flush(this.#process, () => {
      apply();
      done({ ok: true, bytes, durationNs });
    });
    if (durationNs === 0) flush.run();
    else this.#world.at(flush, this.#world.nowNs + durationNs);
  }
}

/** What the disk has under way. */
class Flush implements Task {
  atNs = 0;
  order = 0;
  readonly #process: Process;
  readonly #finish: () => void;

  constructor(process: Process, finish: () => void) {
    this.#process = process;
    this.#finish = finish;
  }

  run(): void {
    if (!this.#process.isAlive) return;
    if (this.#process.isPaused) this.#process.whenResumed(() => this.run());
    else this.#finish();
  }
}
