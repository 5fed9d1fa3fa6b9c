/**
 * A bounded table whose keys mostly rise (terms, indexes): past its size the entry that was put in first is forgotten, and
 * it can be asked whether a key that is not there may be one of those.
 */
export class LatestMap<Value> {
  /** The highest key that was forgotten; -1 as long as none was. */
  forgottenTo = -1;
  readonly #sizeMax: number;
  readonly #values = new Map<number, Value>();

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
    this.#values.set(key, value);
    if (this.#values.size <= this.#sizeMax) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      this.forgottenTo = Math.max(this.forgottenTo, oldest);
      break;
    }
  }

  /** True for a key that is not there and may have been. */
  mayBeForgotten(key: number): boolean {
    return key <= this.forgottenTo && !this.#values.has(key);
  }

  entries(): IterableIterator<[number, Value]> {
    return this.#values.entries();
  }
}
