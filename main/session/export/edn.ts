/** Values as Clojure's EDN writes them, as far as a history needs it. */

/** A keyword: `:append`. */
export class Keyword {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export const keyword = (name: string): Keyword => new Keyword(name);

export type Edn =
  | null
  | boolean
  | number
  | string
  | Keyword
  | readonly Edn[]
  | { readonly [key: string]: Edn | undefined };

/** Maps have keywords for keys; what is undefined is left out. */
export function edn(value: Edn): string {
  if (value === null) return 'nil';
  if (value instanceof Keyword) return `:${value.name}`;
  if (typeof value === 'string') return ednString(value);
  if (typeof value !== 'object') return String(value);
  if (isVector(value)) return `[${value.map(edn).join(' ')}]`;
  const pairs = Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [`:${key} ${edn(each)}`]));
  return `{${pairs.join(', ')}}`;
}

function isVector(value: object): value is readonly Edn[] {
  return Array.isArray(value);
}

/** EDN knows the escapes of JSON, but for `\b` and `\f` among those that JSON writes: both are written as code points. */
function ednString(text: string): string {
  return JSON.stringify(text)
    .replaceAll(/\\b/g, String.raw`\u0008`)
    .replaceAll(/\\f/g, String.raw`\u000c`);
}
