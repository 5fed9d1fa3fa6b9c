/**
 * The end of the log as its owner sees it: what is on disk, with the changes that wait for the next flush.
 */
import { assert, AssertionError } from '../../shared/assert.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { HardState } from '../ports.ts';
import { EntryCache } from './entry-cache.ts';
import type { LogState } from './log-state.ts';
import { recordBytes } from './record.ts';
import type { DiskRecord } from './record.ts';

export class LogTail {
  readonly #state: LogState;
  readonly #cache: EntryCache;
  /** Taken in, not durable. */
  #pending: DiskRecord[] = [];
  /** Of the log with what is pending. */
  #lastIndex: number;
  /** Up to here the log with what is pending is the one on disk. */
  #durableIndex: number;

  /** `state` is the log on disk; `fold` changes it. */
  constructor(state: LogState, entryCacheBytesMax: number) {
    const { index } = state.last;
    this.#state = state;
    this.#lastIndex = index;
    this.#durableIndex = index;
    this.#cache = new EntryCache(index + 1, entryCacheBytesMax);
  }

  get lastIndex(): number {
    return this.#lastIndex;
  }

  /** Up to here entries are read from disk, behind it from here. */
  get lastIndexOnDisk(): number {
    return this.#cache.firstIndex - 1;
  }

  /** What the next flush has to write, in order. */
  get pending(): readonly DiskRecord[] {
    return this.#pending;
  }

  setHardState(hardState: HardState): void {
    this.#pending.push({ type: 'hard-state', hardState });
  }

  truncate(fromIndex: number): void {
    const { index } = this.#state.base;
    assert(fromIndex > index, `a log is cut from entry ${index + 1} at the earliest, not from ${fromIndex}`);
    if (fromIndex > this.#lastIndex) return;
    this.#pending.push({ type: 'truncate', fromIndex });
    this.#cache.truncate(fromIndex);
    this.#lastIndex = fromIndex - 1;
    this.#durableIndex = Math.min(this.#durableIndex, this.#lastIndex);
  }

  append(entry: LogEntry): void {
    if (entry.index !== this.#lastIndex + 1)
      throw new AssertionError(`entry ${entry.index} is appended behind entry ${this.#lastIndex}`);
    this.#pending.push({ type: 'entry', entry });
    this.#cache.append(entry);
    this.#lastIndex = entry.index;
  }

  /** The pending records are on disk, one behind the other from `offset` on. */
  fold(segment: number, offset: number): void {
    let at = offset;
    for (const record of this.#pending) {
      const bytes = recordBytes(record);
      const problem =
        record.type === 'entry'
          ? this.#state.append(record.entry, segment, at, bytes)
          : this.#state.apply(record, segment, at);
      if (problem !== undefined) throw new AssertionError(`what was flushed follows what was there: ${problem}`);
      at += bytes;
    }
    this.#pending = [];
    this.#durableIndex = this.#lastIndex;
    this.#cache.evict(this.#durableIndex);
  }

  /** Adds what is held here behind `entries`, from `firstIndex` on, at most `bytesMax` together, the first always. */
  read(entries: LogEntry[], firstIndex: number, lastIndex: number, bytesMax: number): void {
    let bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    for (let index = firstIndex; index <= lastIndex; index += 1) {
      const entry = this.#cache.get(index);
      if (entry === undefined) throw new AssertionError(`entry ${index} is in the cache or on disk`);
      bytes += entryBytes(entry);
      if (bytes > bytesMax && entries.length > 0) return;
      entries.push(entry);
    }
  }

  /** Entries up to `index` are not wanted any more; those that are not durable stay. */
  dropUpTo(index: number): void {
    this.#cache.dropUpTo(Math.min(index, this.#durableIndex));
  }

  /** The log on disk has begun anew; nothing was pending. */
  restart(): void {
    const { index } = this.#state.last;
    assert(this.#pending.length === 0, 'a log begins anew when everything before is on disk');
    this.#lastIndex = index;
    this.#durableIndex = index;
    this.#cache.restart(index + 1);
  }
}
