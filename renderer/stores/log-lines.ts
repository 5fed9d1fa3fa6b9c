/**
 * One list of the logs as the page sees it: how long it is, and the rows around what is on screen. Lines are named by their ordinals,
 * which stay for as long as `version` does (see log-worker/filtered-lines.ts). A plain object.
 */
import type { ListKey, ListState, ToLog } from '../log-worker/log-messages.ts';
import type { LogRowData } from '../log-worker/log-row-data.ts';

/** Rows asked for beyond those that are wanted, at either end. */
const prefetch = 150;
/** Rows kept. */
const rowsMax = 3_000;

export class LogLines {
  readonly key: ListKey;
  readonly #post: (message: ToLog) => void;
  readonly #rows = new Map<number, LogRowData>();
  /** Ordinals asked for and not come yet. */
  #asked: readonly [number, number] = [0, 0];
  #followed = 0;
  version = -1;
  /** Ordinals of the first line and behind the last one. */
  first = 0;
  end = 0;
  isSettled = false;
  newCount = 0;
  matchCount = 0;
  /** The line around which the list is looked at; null at its end. */
  near: number | null = null;

  constructor(key: ListKey, post: (message: ToLog) => void) {
    this.key = key;
    this.#post = post;
  }

  get length(): number {
    return this.end - this.first;
  }

  /** Undefined where the row has not come yet, and outside. */
  rowAt(ordinal: number): LogRowData | undefined {
    return ordinal >= this.first && ordinal < this.end ? this.#rows.get(ordinal) : undefined;
  }

  /** Sees to it that these rows are there, or soon will be. */
  want(from: number, end: number): void {
    if (this.#isThere(from, end)) return;
    const [askedFrom, askedEnd] = this.#asked;
    if (from >= askedFrom && end <= askedEnd) return;
    this.#asked = [Math.max(this.first, from - prefetch), Math.min(this.end, end + prefetch)];
    this.#post({ type: 'rows', key: this.key, version: this.version, from: this.#asked[0], end: this.#asked[1] });
  }

  /** A little beyond what is wanted, so that the next rows are asked for before they are needed. */
  #isThere(from: number, end: number): boolean {
    const ahead = Math.floor(prefetch / 3);
    const [first, last] = [Math.max(this.first, from - ahead), Math.min(this.end, end + ahead)];
    for (let ordinal = first; ordinal < last; ordinal += 1) if (!this.#rows.has(ordinal)) return false;
    return true;
  }

  /** The last `count` rows come by themselves; 0 ends it. */
  follow(count: number): void {
    if (count === this.#followed) return;
    this.#followed = count;
    this.#post({ type: 'follow', key: this.key, count });
  }

  /** How the list stands now. */
  update({ version, first, end, isSettled, newCount, matchCount, tail }: ListState): void {
    if (version !== this.version) {
      this.#rows.clear();
      this.#asked = [0, 0];
    }
    Object.assign(this, { version, first, end, isSettled, newCount, matchCount });
    if (tail) this.#keep(tail.from, tail.rows);
  }

  /** Rows that were asked for. */
  take(version: number, from: number, rows: readonly LogRowData[]): void {
    if (version !== this.version) return;
    this.#asked = [0, 0];
    this.#keep(from, rows);
  }

  #keep(from: number, rows: readonly LogRowData[]): void {
    for (const [index, row] of rows.entries()) this.#rows.set(from + index, row);
    if (this.#rows.size <= rowsMax) return;
    const near = from + rows.length / 2;
    for (const ordinal of this.#rows.keys()) {
      if (Math.abs(ordinal - near) > rowsMax / 3) this.#rows.delete(ordinal);
    }
  }
}
