/**
 * A map for keys that are numbered upwards and leave about in the order in which they came: tickets, sequences, indexes.
 *
 * Why not a `Map`: one through which many keys pass makes a new table every few of them, and each old table leads to the
 * next. As soon as one of them is old to the garbage collector, all that ever passed through stays until the next full
 * collection. Under load that was most of what servers spent on collecting garbage.
 */

/** Slots before the first value are given back when there are so many of them. */
const slackMax = 1_024;
/** The slots reach over so many keys, and so many more for each value in them; what stays behind for longer stands aside. */
const rangeMin = 4_096;
const rangePerValue = 16;

export class RisingMap<T extends object> {
  /** Values stand from `#head` on; the one at `#head` has the key `#first`. */
  #slots: (T | undefined)[] = [];
  #head = 0;
  #first = 0;
  /** Values in slots. */
  #inSlots = 0;
  readonly #far = new Map<number, T>();

  /** @param entries with keys, whole numbers, in any order */
  constructor(entries: Iterable<readonly [number, T]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#inSlots + this.#far.size;
  }

  get(key: number): T | undefined {
    return this.#inSlot(key) ?? (this.#far.size > 0 ? this.#far.get(key) : undefined);
  }

  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  /** Cheap for a key behind the others, and for one that is there. */
  set(key: number, value: T): void {
    if (this.#far.has(key)) {
      this.#far.set(key, value);
      return;
    }
    const range = rangeMin + rangePerValue * this.#inSlots;
    while (this.#inSlots > 0 && key - this.#first >= range) this.#putFirstAside();
    if (this.#inSlots === 0) this.#restart(key);
    if (this.#end - key > range) {
      this.#far.set(key, value);
      return;
    }
    if (key < this.#first) this.#makeRoomFrom(key);
    const place = this.#placeOf(key);
    while (this.#slots.length < place) this.#slots.push(undefined);
    if (this.#slots[place] === undefined) this.#inSlots += 1;
    this.#slots[place] = value;
  }

  /** @returns false when it was not there */
  delete(key: number): boolean {
    if (this.#inSlot(key) === undefined) return this.#far.delete(key);
    this.#slots[this.#placeOf(key)] = undefined;
    this.#inSlots -= 1;
    if (key === this.#first) this.#advance();
    return true;
  }

  /** Ascending. Bears keys that come and go meanwhile. */
  *entries(): IterableIterator<[number, T]> {
    if (this.#far.size > 0) {
      yield* this.#allEntries();
      return;
    }
    for (let key = this.#first; key < this.#end; key = Math.max(key + 1, this.#first)) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  *keys(): IterableIterator<number> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): IterableIterator<T> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<[number, T]> {
    return this.entries();
  }

  #inSlot(key: number): T | undefined {
    return key < this.#first ? undefined : this.#slots[this.#placeOf(key)];
  }

  /** The difference first: a sum of large keys is not exact. */
  #placeOf(key: number): number {
    return this.#head + (key - this.#first);
  }

  #putFirstAside(): void {
    const value = this.#slots[this.#head];
    if (value !== undefined) {
      this.#far.set(this.#first, value);
      this.#slots[this.#head] = undefined;
      this.#inSlots -= 1;
    }
    this.#advance();
  }

  *#allEntries(): IterableIterator<[number, T]> {
    const keys = [...this.#far.keys()];
    for (let key = this.#first; key < this.#end; key += 1) if (this.#inSlot(key) !== undefined) keys.push(key);
    for (const key of keys.toSorted((left, right) => left - right)) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  /** Behind the last slot. */
  get #end(): number {
    return this.#first + (this.#slots.length - this.#head);
  }

  #restart(key: number): void {
    this.#slots.length = 0;
    this.#head = 0;
    this.#first = key;
  }

  #makeRoomFrom(key: number): void {
    const missing = Array.from({ length: this.#first - key }, () => undefined);
    this.#slots = [...missing, ...this.#slots.slice(this.#head)];
    this.#head = 0;
    this.#first = key;
  }

  #advance(): void {
    const { length } = this.#slots;
    while (this.#head < length && this.#slots[this.#head] === undefined) {
      this.#head += 1;
      this.#first += 1;
    }
    if (this.#head > slackMax && this.#head * 2 > length) {
      this.#slots.copyWithin(0, this.#head);
      this.#slots.length = length - this.#head;
      this.#head = 0;
    }
  }
}
