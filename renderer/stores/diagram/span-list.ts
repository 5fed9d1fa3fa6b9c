/**
 * Things that last from one time to another, in the order in which they begin, so that those within a stretch of time are found
 * by two binary searches. Sorted anew only when asked after a change: what comes live is nearly in order already.
 */
export interface SpanTimes<Item> {
  readonly start: (item: Item) => number;
  /** Not before the start; `Infinity` while it lasts. */
  readonly end: (item: Item) => number;
}

/** Says `false` when it has seen enough. */
export type Visit<Item> = (item: Item) => unknown;

export class SpanList<Item> {
  readonly items: Item[] = [];
  readonly #times: SpanTimes<Item>;
  /** `#latestEnds[i]`: the latest end of items 0 … i. */
  #latestEnds = new Float64Array(0);
  #isSorted = true;

  constructor(times: SpanTimes<Item>) {
    this.#times = times;
  }

  get length(): number {
    return this.items.length;
  }

  add(item: Item): void {
    this.items.push(item);
    this.#isSorted = false;
  }

  /** An item has other times than before. */
  touch(): void {
    this.#isSorted = false;
  }

  /**
   * Calls back for each item that lasts at some time of the stretch, in the order in which they begin, until `visit` says `false`.
   * @returns whether it came to the end
   */
  eachWithin(fromNs: number, toNs: number, visit: Visit<Item>): boolean {
    this.#sort();
    const { items } = this;
    // Before this one, all have ended before the stretch begins.
    for (let at = firstNotBelow(this.#latestEnds, items.length, fromNs); at < items.length; at += 1) {
      const item = items[at];
      if (item === undefined || this.#times.start(item) > toNs) break;
      if (this.#times.end(item) >= fromNs && visit(item) === false) return false;
    }
    return true;
  }

  #sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    const { items } = this;
    const { start, end } = this.#times;
    items.sort((one, other) => start(one) - start(other));
    if (this.#latestEnds.length < items.length) this.#latestEnds = new Float64Array(2 * items.length);
    let latest = -Infinity;
    items.forEach((item, at) => {
      latest = Math.max(latest, end(item));
      this.#latestEnds[at] = latest;
    });
  }
}

/** Where in `sorted`, of which the first `length` count, the first number stands that is not below `bound`. */
export function firstNotBelow(sorted: Float64Array | readonly number[], length: number, bound: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
