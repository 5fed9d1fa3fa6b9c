/**
 * The latest log lines as a ring. A line is known by its number (0, 1, 2 … in order of arrival), which it keeps when
 * older lines fall out; so a reader can go on where it was.
 */
import type { LabEvent } from '../../shared/event.ts';

/** Stands where events are missing: a log never closes over a hole. */
export interface LogGap {
  readonly type: 'gap';
  /** `warn`: the page fell behind, and of any level some are missing. `debug`: only that level and `trace` are, no longer held by the lab. */
  readonly level: 'warn' | 'debug';
  readonly missed: number;
  /** Time of the first line behind the hole. */
  readonly timeNs: number;
}

export type LogItem = LabEvent | LogGap;

/** What can be read by number; the live ring and its frozen copies. */
export interface LogSource {
  /** Number of the oldest line held; equals `nextNumber` when nothing is held. */
  readonly firstNumber: number;
  /** Number that the next line will have. */
  readonly nextNumber: number;
  /** The line, or undefined when it is not held. */
  at(number: number): LogItem | undefined;
}

export class LogBuffer implements LogSource {
  readonly #capacity: number;
  #items: LogItem[] = [];
  #nextNumber = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get firstNumber(): number {
    return this.#nextNumber - this.#items.length;
  }

  get nextNumber(): number {
    return this.#nextNumber;
  }

  at(number: number): LogItem | undefined {
    if (number < this.firstNumber || number >= this.#nextNumber) return undefined;
    return this.#items[number % this.#capacity];
  }

  /** Takes a line in and returns the one that fell out for it, if any. */
  push(item: LogItem): LogItem | undefined {
    const slot = this.#nextNumber % this.#capacity;
    const dropped = this.#items[slot];
    this.#items[slot] = item;
    this.#nextNumber += 1;
    return dropped;
  }

  /** Forgets all lines. Numbers start again at a multiple of the capacity, so that no number is ever given twice. */
  clear(): void {
    this.#items = [];
    this.#nextNumber = Math.ceil(this.#nextNumber / this.#capacity) * this.#capacity;
  }

  /** A copy that stays as it is while the ring goes on. Shares the lines, copies only their list. */
  freeze(): LogSource {
    const copy = new LogBuffer(this.#capacity);
    copy.#items = this.#items.slice();
    copy.#nextNumber = this.#nextNumber;
    return copy;
  }
}
