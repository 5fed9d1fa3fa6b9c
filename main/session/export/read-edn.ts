/** Reads values as Clojure's EDN writes them, as far as histories have them: what `edn.ts` writes, and plain Jepsen histories. */

export type EdnValue = null | boolean | number | string | readonly EdnValue[] | ReadonlyMap<string, EdnValue>;

/** A sentence that says what is wrong and at which character. */
export class EdnError extends Error {}

/** All values of a text, one behind the other. Keywords are strings with their colon; maps have the printed key as theirs. */
export function readEdn(text: string): EdnValue[] {
  const reader = new Reader(text);
  const values: EdnValue[] = [];
  while (!reader.isAtEnd()) values.push(reader.read());
  return values;
}

const depthMax = 100;
const atom = /[^\s,()[\]{}"]+/y;
const blank = /(?:[\s,]|;[^\n]*)*/y;
const string = /"(?:[^"\\]|\\.)*"/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#match(blank);
    return this.#at >= this.#text.length;
  }

  read(): EdnValue {
    if (this.isAtEnd()) throw this.#problem('the text ends in the middle of a value');
    const first = this.#text[this.#at];
    if (first === '{') return this.#map();
    if (first === '[' || first === '(') return this.#sequence(first === '[' ? ']' : ')');
    if (first === '"') return this.#string();
    const word = this.#match(atom);
    if (word === '') throw this.#problem(`“${first}” can not stand here`);
    return this.#atom(word);
  }

  #atom(word: string): EdnValue {
    if (word.startsWith(':')) return word;
    if (word === 'nil') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    const value = Number(word.replace(/[NM]$/, ''));
    if (Number.isNaN(value)) throw this.#problem(`“${word.slice(0, 40)}” is no number, keyword, string or nil`);
    return value;
  }

  #string(): string {
    const quoted = this.#match(string);
    if (quoted === '') throw this.#problem('a string does not end');
    try {
      const value: unknown = JSON.parse(quoted.replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`));
      return String(value);
    } catch {
      throw this.#problem('a string holds an escape that EDN does not have');
    }
  }

  #sequence(close: string): EdnValue[] {
    const values: EdnValue[] = [];
    this.#enter();
    while (!this.#leaves(close)) values.push(this.read());
    return values;
  }

  #map(): ReadonlyMap<string, EdnValue> {
    const map = new Map<string, EdnValue>();
    this.#enter();
    while (!this.#leaves('}')) {
      const key = this.read();
      if (this.#text[this.#at] === '}') throw this.#problem('a key has no value');
      map.set(typeof key === 'string' ? key : JSON.stringify(key), this.read());
    }
    return map;
  }

  #enter(): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > depthMax) throw this.#problem(`values stand in one another more than ${depthMax} deep`);
  }

  #leaves(close: string): boolean {
    if (this.isAtEnd()) throw this.#problem(`a “${close}” is missing`);
    if (this.#text[this.#at] !== close) return false;
    this.#at += 1;
    this.#depth -= 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #problem(what: string): EdnError {
    return new EdnError(`At character ${this.#at + 1}: ${what}.`);
  }
}
