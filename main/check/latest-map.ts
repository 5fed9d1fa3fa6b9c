/**
 * A bounded table whose keys mostly rise (terms, indexes): past its size the entry that was put in first is forgotten, and
 * it can be asked whether a key that is not there may be one of those.
 */
export class LatestMap<Value> {
  /** The highest key that was forgotten; -1 as long as none was. */
  forgottenTo = -1;
  readonly #sizeMax: number;
  readonly #values = new Map<number, Value>();
  /**
   * Keys in the order in which they came, from `#first` on: to ask a `Map` for its oldest key takes as long as many have
   * been removed before it.
   */
  #keys: number[] = [];
  #first = 0;

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: number): Value | undefined {
    return this.#values.get(key);
  }

  set(key: number, value: Value): void {
    if (!this.#values.has(key)) this.#keys.push(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#sizeMax) this.#forgetOldest();
  }

  /** True for a key that is not there and may have been. */
  mayBeForgotten(key: number): boolean {
    return key <= this.forgottenTo && !this.#values.has(key);
  }

  entries(): IterableIterator<[number, Value]> {
    return this.#values.entries();
  }

  #forgetOldest(): void {
    const oldest = this.#keys[this.#first] ?? -1;
    this.#values.delete(oldest);
    this.forgottenTo = Math.max(this.forgottenTo, oldest);
    this.#first += 1;
    if (this.#first < this.#sizeMax) return;
    this.#keys = this.#keys.slice(this.#first);
    this.#first = 0;
  }
}
