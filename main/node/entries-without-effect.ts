/**
 * The applied entries that stand in the log without effect: refused, repeated, or torn from the rest of their request.
 */

/** Both ends included. */
export type IndexRange = readonly [firstIndex: number, lastIndex: number];

export class EntriesWithoutEffect {
  /** Ascending; none touches the next one. */
  #ranges: IndexRange[] = [];

  /** The entries lie behind all that were added before. */
  add(firstIndex: number, lastIndex: number): void {
    const last = this.#ranges.at(-1);
    if (last && last[1] + 1 === firstIndex) this.#ranges[this.#ranges.length - 1] = [last[0], lastIndex];
    else this.#ranges.push([firstIndex, lastIndex]);
  }

  has(index: number): boolean {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.[0] ?? Infinity) <= index) low = middle + 1;
      else high = middle;
    }
    return (this.#ranges[low - 1]?.[1] ?? 0) >= index;
  }

  /** Nobody asks for entries before `index` any more. */
  forgetBefore(index: number): void {
    const [first] = this.#ranges;
    if (!first || first[0] >= index) return;
    const kept = this.#ranges.findIndex(([, lastIndex]) => lastIndex >= index);
    this.#ranges.splice(0, kept === -1 ? this.#ranges.length : kept);
    const [cut] = this.#ranges;
    if (cut && cut[0] < index) this.#ranges[0] = [index, cut[1]];
  }

  list(): readonly IndexRange[] {
    return this.#ranges;
  }

  replaceBy(ranges: readonly IndexRange[]): void {
    this.#ranges = [...ranges];
  }
}
