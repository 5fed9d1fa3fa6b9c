/**
 * What is known of each index of the log: columns of numbers, a page of them for a thousand indexes. With a limit the pages of
 * the lowest indexes are forgotten.
 */
import type { Party } from './party.ts';

export const rowsPerPage = 1_024;

/** What stands at an index. */
export const rowState = {
  unknown: 0,
  /** An append that stands there: answered, or found by what was shown. */
  placed: 1,
  /** A read showed it, and which append it is of is not known, or it is of none. */
  shown: 2,
} as const;

function nobodies(): (Party | undefined)[] {
  return Array.from<Party | undefined>({ length: rowsPerPage });
}

export class LogPage {
  readonly state = new Uint8Array(rowsPerPage);
  readonly inSession = new Uint8Array(rowsPerPage);
  readonly term = new Float64Array(rowsPerPage);
  readonly digest = new Float64Array(rowsPerPage);
  /** The last index of its append; of one that is only shown, an upper bound of that. */
  readonly last = new Float64Array(rowsPerPage);
  /** The append, or the first read that showed it. */
  readonly party = nobodies();
  /** No append of which the last index is up to here has an entry at this one: a read lacked it, or a condition excludes it. */
  readonly none = new Float64Array(rowsPerPage);
  readonly noneBy = nobodies();
  /** The same, as local reads have it. */
  readonly noneLocal = new Float64Array(rowsPerPage);
  readonly noneLocalBy = nobodies();
}

export class LogPages {
  /** Up to here nothing is known any more. */
  forgottenTo = 0;
  readonly #pagesMax: number;
  readonly #pages = new Map<number, LogPage>();
  #latest: LogPage | undefined;
  #latestNumber = -1;

  constructor(pagesMax: number) {
    this.#pagesMax = pagesMax;
  }

  /** Undefined where nothing is known. The row in it is `index % rowsPerPage`. */
  find(index: number): LogPage | undefined {
    const number = Math.floor(index / rowsPerPage);
    return number === this.#latestNumber ? this.#latest : this.#pages.get(number);
  }

  /** Makes it where there is none; undefined where everything is forgotten. */
  take(index: number): LogPage | undefined {
    const number = Math.floor(index / rowsPerPage);
    if (number === this.#latestNumber) return this.#latest;
    if (index <= this.forgottenTo) return undefined;
    let page = this.#pages.get(number);
    if (!page) {
      page = new LogPage();
      this.#pages.set(number, page);
      if (this.#pages.size > this.#pagesMax) this.#forgetLowest();
      if (index <= this.forgottenTo) return undefined;
    }
    this.#latest = page;
    this.#latestNumber = number;
    return page;
  }

  /** The nearest index from `from` down to `to` at which an entry stands; 0 when there is none. */
  lastEntry(from: number, to: number): number {
    for (let index = from; index >= to; index--) {
      const page = this.find(index);
      if (!page) index -= index % rowsPerPage;
      else if (page.state[index % rowsPerPage] !== rowState.unknown) return index;
    }
    return 0;
  }

  /** Where a placed entry with this payload stands, other than at `except`, the latest page first; 0 when there is none. */
  findPlaced(digest: number, except: number): number {
    for (const [number, page] of [...this.#pages].toSorted(([left], [right]) => right - left)) {
      for (let row = page.digest.indexOf(digest); row >= 0; row = page.digest.indexOf(digest, row + 1)) {
        const index = number * rowsPerPage + row;
        if (page.state[row] === rowState.placed && index !== except) return index;
      }
    }
    return 0;
  }

  #forgetLowest(): void {
    const lowest = Math.min(...this.#pages.keys());
    this.#pages.delete(lowest);
    this.forgottenTo = Math.max(this.forgottenTo, (lowest + 1) * rowsPerPage - 1);
    this.#latestNumber = -1;
    this.#latest = undefined;
  }
}
