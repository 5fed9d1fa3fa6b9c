/**
 * The lines of a source that pass a filter, kept up to date in slices of work. A new filter is applied from the newest
 * line backwards, so that the tail is there at once, while new lines are taken in at the other end.
 */
import type { LogItem, LogSource } from './log-buffer.ts';

export type LogFilter = (item: LogItem) => boolean;

/** Lines tested between two looks at the clock. */
const testsPerLook = 128;

/** Passed numbers at the head that may be left behind before the list is compacted. */
const slackMax = 8_192;

export class FilteredLog {
  #source: LogSource;
  #filter: LogFilter;
  /** Passed numbers below the starting point, in descending order: found while scanning backwards. */
  #older: number[] = [];
  /** Passed numbers from the starting point on, in ascending order; those before `#newerHead` have fallen out. */
  #newer: number[] = [];
  #newerHead = 0;
  /** Next number to test backwards; below the source's first when the backward scan is done. */
  #backward: number;
  /** Next number to test forwards. */
  #forward: number;
  readonly #from: number;

  /** @param from Lines below this number are left out. */
  constructor(source: LogSource, filter: LogFilter, from = 0) {
    this.#source = source;
    this.#filter = filter;
    this.#from = from;
    this.#forward = Math.max(source.nextNumber, from);
    this.#backward = this.#forward - 1;
  }

  get length(): number {
    return this.#older.length + this.#newer.length - this.#newerHead;
  }

  /** False while lines are waiting to be tested. */
  get isSettled(): boolean {
    return this.#forward >= this.#source.nextNumber && this.#backward < this.#floor;
  }

  get #floor(): number {
    return Math.max(this.#source.firstNumber, this.#from);
  }

  /** The number of the line at `position` (0 is the oldest one shown), undefined outside. */
  numberAt(position: number): number | undefined {
    if (position < 0) return undefined;
    const olderCount = this.#older.length;
    if (position < olderCount) return this.#older[olderCount - 1 - position];
    return this.#newer[this.#newerHead + position - olderCount];
  }

  itemAt(position: number): LogItem | undefined {
    const number = this.numberAt(position);
    return number === undefined ? undefined : this.#source.at(number);
  }

  /** The first position whose number is at or above `number`; `length` when there is none. */
  positionOf(number: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numberAt(middle) ?? Infinity) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Reads on from another source with the same numbers (a frozen copy). */
  retarget(source: LogSource): void {
    this.#source = source;
  }

  /**
   * Takes in what is new, then goes on with the backward scan, until everything is tested or `isTimeUp` says so.
   * Returns true when the list has changed.
   */
  work(isTimeUp: () => boolean): boolean {
    const trimmed = this.#trim();
    const caughtUp = this.#workForward(isTimeUp);
    const scanned = this.#workBackward(isTimeUp);
    return trimmed || caughtUp || scanned;
  }

  #workForward(isTimeUp: () => boolean): boolean {
    const before = this.#newer.length;
    this.#forward = Math.max(this.#forward, this.#floor);
    for (let tests = 0; this.#forward < this.#source.nextNumber; tests += 1) {
      if (tests % testsPerLook === testsPerLook - 1 && isTimeUp()) break;
      if (this.#passes(this.#forward)) this.#newer.push(this.#forward);
      this.#forward += 1;
    }
    return this.#newer.length !== before;
  }

  #workBackward(isTimeUp: () => boolean): boolean {
    const before = this.#older.length;
    for (let tests = 0; this.#backward >= this.#floor; tests += 1) {
      if (tests % testsPerLook === 0 && isTimeUp()) break;
      if (this.#passes(this.#backward)) this.#older.push(this.#backward);
      this.#backward -= 1;
    }
    return this.#older.length !== before;
  }

  #passes(number: number): boolean {
    const item = this.#source.at(number);
    return item !== undefined && this.#filter(item);
  }

  /** Leaves behind what the source no longer holds. */
  #trim(): boolean {
    const before = this.length;
    const first = this.#source.firstNumber;
    while (this.#older.length > 0 && (this.#older.at(-1) ?? 0) < first) this.#older.pop();
    while (this.#newerHead < this.#newer.length && (this.#newer[this.#newerHead] ?? 0) < first) this.#newerHead += 1;
    const removed = this.length !== before;
    if (this.#newerHead > slackMax) {
      this.#newer.splice(0, this.#newerHead);
      this.#newerHead = 0;
    }
    return removed;
  }
}
