/**
 * A server's storage on a disk that is slow, stuck, failing or full. What a flush has not answered for is not durable
 * below either: the flush itself is what comes late.
 */
import { entryBytes } from '../../shared/log-entry.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import { seedFor, type RandomState } from '../../shared/random.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import {
  StorageError,
  type FlushOutcome,
  type RecoveredState,
  type SnapshotChunk,
  type Storage,
  type StorageWrite,
} from '../ports.ts';
import { drawDelayNs } from './delays.ts';
import { soundDisk, type DiskFaultAct, type DiskFaults } from './disk-faults.ts';

export interface FaultyStorageOptions {
  /** Draws the delays. */
  readonly seed: number;
  /** Runs something once, so many nanoseconds from now. What was scheduled may come after `close`; it then does nothing. */
  readonly schedule: (delayNs: number, run: () => void) => void;
  /** Told of each act of a fault. */
  readonly report?: (act: DiskFaultAct) => void;
  /** Names the disk in errors. */
  readonly file?: string;
  /** Monotonic nanoseconds. With it the time that a flush waited counts as its duration. */
  readonly nowNs?: () => number;
}

type Done = (outcome: FlushOutcome) => void;

/** Something that asks the disk to make things durable. They answer in the order in which they were asked. */
interface Waiting {
  readonly run: (done: Done) => void;
  readonly done: Done;
  readonly askedNs: number;
  /** Its delay is over. */
  isDue: boolean;
}

export class FaultyStorage implements Storage {
  readonly #inner: Storage;
  readonly #options: FaultyStorageOptions;
  readonly #random: RandomState;
  #faults: DiskFaults = soundDisk;
  #isSound = true;
  #freeBytes = Number.POSITIVE_INFINITY;
  #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(inner: Storage, options: FaultyStorageOptions) {
    this.#inner = inner;
    this.#options = options;
    this.#random = { random: seedFor(options.seed, 'disk') };
  }

  /** Replaces all faults. What waited for a stuck disk goes on when it is no longer stuck. */
  setFaults(faults: DiskFaults): void {
    const released = this.#faults.stuck;
    this.#faults = faults;
    this.#isSound = Object.keys(faults).length === 0;
    this.#freeBytes = faults.full?.freeBytes ?? Number.POSITIVE_INFINITY;
    if (released === undefined || faults.stuck !== undefined) return;
    this.#waiting.forEach(() => this.#report(released.faultRule, 'flush-released'));
    this.#advance();
  }

  get recovered(): RecoveredState {
    return this.#inner.recovered;
  }

  write(change: StorageWrite): void {
    if (!this.#isSound) this.#take((change.entries ?? []).reduce((sum, entry) => sum + entryBytes(entry), 0));
    this.#inner.write(change);
  }

  flush(done: Done): void {
    if (this.#isSound && this.#waiting.length === 0 && !this.#isClosed) this.#inner.flush(done);
    else this.#queue((answer) => this.#inner.flush(answer), done);
  }

  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    return this.#inner.readEntries(firstIndex, lastIndex, bytesMax);
  }

  saveSnapshot(meta: SnapshotMeta, data: Uint8Array, done: Done): void {
    this.#queue((answer) => this.#saveIfRoom(meta, data, answer), done);
  }

  stageChunk(chunk: SnapshotChunk): void {
    this.#take(chunk.data.length);
    this.#inner.stageChunk(chunk);
  }

  readSnapshot(offset: number, byteCount: number): Uint8Array {
    return this.#inner.readSnapshot(offset, byteCount);
  }

  compact(index: number): void {
    this.#inner.compact(index);
  }

  /** What still waits is never answered: whoever asked is gone. */
  close(): void {
    this.abandon();
    this.#inner.close();
  }

  /** For a process that died: nothing that waits reaches the disk any more, and nothing is closed. */
  abandon(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }

  #saveIfRoom(meta: SnapshotMeta, data: Uint8Array, answer: Done): void {
    try {
      this.#take(data.length);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      answer({ ok: false, error });
      return;
    }
    this.#inner.saveSnapshot(meta, data, answer);
  }

  #queue(run: Waiting['run'], done: Done): void {
    const { slow, stuck } = this.#faults;
    if (this.#isClosed) return;
    const waiting: Waiting = { run, done, askedNs: this.#nowNs(), isDue: true };
    if (stuck !== undefined) this.#report(stuck.faultRule, 'flush-stuck');
    if (slow !== undefined) {
      const delayNs = drawDelayNs(this.#random, slow);
      this.#report(slow.faultRule, 'flush-delayed', delayNs);
      waiting.isDue = delayNs === 0;
      this.#options.schedule(delayNs, () => {
        waiting.isDue = true;
        this.#advance();
      });
    }
    this.#waiting.push(waiting);
    this.#advance();
  }

  /** Carries out what is due, in order. */
  #advance(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (this.#isClosed || first === undefined || !first.isDue || this.#faults.stuck !== undefined) return;
      this.#waiting.shift();
      const { failing } = this.#faults;
      if (failing?.at === 'flush') {
        this.#report(failing.faultRule, 'flush-failed');
        const error = this.#error(
          'io',
          'answered a flush with an error: what it holds is not known',
          failing.faultRule,
        );
        first.done({ ok: false, error });
      } else {
        const waitedNs = this.#nowNs() - first.askedNs;
        first.run(waitedNs === 0 ? first.done : (outcome) => first.done(withWait(outcome, waitedNs)));
      }
    }
  }

  /** Room for so many bytes on a disk that takes writes. @throws StorageError */
  #take(byteCount: number): void {
    const { failing, full } = this.#faults;
    if (failing?.at === 'write') {
      this.#report(failing.faultRule, 'write-refused');
      throw this.#error('io', 'refused a write with an error of the device', failing.faultRule);
    }
    if (full === undefined) return;
    if (this.#freeBytes <= 0 || byteCount > this.#freeBytes) {
      this.#report(full.faultRule, 'write-refused');
      throw this.#error('full', 'is full and took nothing of a write', full.faultRule);
    }
    this.#freeBytes -= byteCount;
  }

  #error(code: StorageError['code'], what: string, faultRule: string): StorageError {
    const message = `The disk ${what} (fault ${faultRule}). Make the disk sound, then start the node again.`;
    return new StorageError(code, this.#options.file ?? 'disk', message);
  }

  #nowNs(): number {
    return this.#options.nowNs?.() ?? 0;
  }

  #report(faultRule: string, act: DiskFaultAct['act'], delayNs = 0): void {
    this.#options.report?.({ faultRule, act, delayNs });
  }
}

function withWait(outcome: FlushOutcome, waitedNs: number): FlushOutcome {
  return outcome.ok ? { ...outcome, durationNs: outcome.durationNs + waitedNs } : outcome;
}
