/**
 * Takes the fields of a decoded body one after another, each with its type and bounds. The first field that is wrong is
 * noted; from then on every answer is a harmless stand-in, and the caller asks once, at the end, whether all was well.
 */

/** Where the readers of one message note the first thing that is wrong. */
export interface Problem {
  reason?: string;
}

export class FieldReader {
  readonly #values: readonly unknown[];
  readonly #problem: Problem;
  #next = 0;

  constructor(values: unknown, problem: Problem, name: string) {
    this.#problem = problem;
    this.#values = Array.isArray(values) ? values : [];
    if (!Array.isArray(values)) this.#note(`${name} is not a list of fields`);
  }

  /** Notes `reason` unless something was wrong before. */
  #note(reason: string): void {
    this.#problem.reason ??= reason;
  }

  #take(): unknown {
    const value = this.#values[this.#next];
    this.#next += 1;
    return value;
  }

  /** True while fields are left. */
  get hasMore(): boolean {
    return this.#next < this.#values.length;
  }

  /** A whole number from `min` to `max`. */
  integer(name: string, max: number, min = 0): number {
    const value = this.#take();
    if (
      typeof value === 'number' &&
      Number.isSafeInteger(value) &&
      value >= min &&
      value <= max &&
      !Object.is(value, -0)
    )
      return value;
    this.#note(`${name} is not a whole number from ${min} to ${max}`);
    return min;
  }

  /** A whole number from `min` to `max`, or undefined where nil stands. */
  optionalInteger(name: string, max: number, min = 0): number | undefined {
    if (this.#values[this.#next] !== null) return this.integer(name, max, min);
    this.#next += 1;
    return undefined;
  }

  boolean(name: string): boolean {
    const value = this.#take();
    if (typeof value === 'boolean') return value;
    this.#note(`${name} is neither true nor false`);
    return false;
  }

  /** A copy that shares no memory with the datagram. */
  bytes(name: string, bytesMax: number): Uint8Array {
    const value = this.#take();
    if (value instanceof Uint8Array && value.byteLength <= bytesMax) return new Uint8Array(value);
    this.#note(`${name} is not a byte string of at most ${bytesMax} bytes`);
    return new Uint8Array(0);
  }

  text(name: string, charsMax: number): string {
    const value = this.#take();
    if (typeof value === 'string' && value.length <= charsMax) return value;
    this.#note(`${name} is not a text of at most ${charsMax} characters`);
    return '';
  }

  /** One value of a table, by its place in it. */
  choice<T>(name: string, table: readonly T[]): T | undefined {
    return table[this.integer(name, table.length - 1)];
  }

  /** A list of `countMin` to `countMax` elements, whatever they are. */
  list(name: string, countMax: number, countMin = 0): readonly unknown[] {
    const value = this.#take();
    if (Array.isArray(value) && value.length >= countMin && value.length <= countMax) return value;
    this.#note(`${name} is not a list of ${countMin} to ${countMax} elements`);
    return [];
  }

  /** A list of fields of its own. */
  fieldsOf(name: string): FieldReader {
    return new FieldReader(this.#take(), this.#problem, name);
  }

  /** A list of fields, or undefined where nil stands. */
  optionalFields(name: string): FieldReader | undefined {
    const value = this.#take();
    return value === null ? undefined : new FieldReader(value, this.#problem, name);
  }

  /** Says that no field may be left. */
  end(name: string): void {
    if (this.#next !== this.#values.length)
      this.#note(`${name} has ${this.#values.length} fields instead of ${this.#next}`);
  }
}
