/**
 * The latest entries, in memory. A leader replicates from here; what it does not hold is read from disk. Entries that
 * are not durable yet have no other place and are never dropped.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import { entryBytes } from '../../shared/log-entry.ts';

export class EntryCache {
  readonly #bytesMax: number;
  /** Held entries stand from `#head` on; dropped ones before it are cleared in bulk. */
  #entries: (LogEntry | undefined)[] = [];
  #head = 0;
  #firstIndex: number;
  #bytes = 0;

  /** `nextIndex`: of the first entry that will be appended. `bytesMax` counts `entryBytes`. */
  constructor(nextIndex: number, bytesMax: number) {
    this.#firstIndex = nextIndex;
    this.#bytesMax = bytesMax;
  }

  /** The first entry held; one behind the last when none is. */
  get firstIndex(): number {
    return this.#firstIndex;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The next entry. It is held as it is: nobody may change its payload afterwards. */
  append(entry: LogEntry): void {
    this.#entries.push(entry);
    this.#bytes += entryBytes(entry);
  }

  get(index: number): LogEntry | undefined {
    return index < this.#firstIndex ? undefined : this.#entries[this.#head + index - this.#firstIndex];
  }

  /** Removes `fromIndex` and everything behind it. */
  truncate(fromIndex: number): void {
    const kept = Math.max(this.#head, this.#head + fromIndex - this.#firstIndex);
    for (const entry of this.#entries.splice(kept)) if (entry) this.#bytes -= entryBytes(entry);
    this.#firstIndex = Math.min(this.#firstIndex, fromIndex);
  }

  /** Drops the entries up to `index`. */
  dropUpTo(index: number): void {
    while (this.#firstIndex <= index && this.#dropOldest()) continue;
    this.#tidy();
  }

  /** Forgets everything; `nextIndex` is appended next. */
  restart(nextIndex: number): void {
    this.#entries = [];
    this.#head = 0;
    this.#firstIndex = nextIndex;
    this.#bytes = 0;
  }

  /** Drops the oldest entries until the rest is within the limits, none behind `durableIndex`. */
  evict(durableIndex: number): void {
    while (this.#isFull && this.#firstIndex <= durableIndex && this.#dropOldest()) continue;
    this.#tidy();
  }

  get #isFull(): boolean {
    return this.#bytes > this.#bytesMax || this.#entries.length - this.#head > limits.entryCacheEntriesMax;
  }

  /** @returns false when there is none. */
  #dropOldest(): boolean {
    const oldest = this.#entries[this.#head];
    if (oldest === undefined) return false;
    this.#bytes -= entryBytes(oldest);
    this.#entries[this.#head] = undefined;
    this.#head += 1;
    this.#firstIndex += 1;
    return true;
  }

  #tidy(): void {
    if (this.#head <= 1024 || this.#head * 2 <= this.#entries.length) return;
    // In place: a former array that is old to the garbage collector would keep what it holds for long.
    this.#entries.copyWithin(0, this.#head);
    this.#entries.length -= this.#head;
    this.#head = 0;
  }
}
