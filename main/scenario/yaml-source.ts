/** YAML with the place of everything in it, so that whatever is wrong is said with line and column. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { limits } from '../../shared/cluster-config.ts';

export interface Problem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong and what is expected, in a sentence. */
  readonly message: string;
}

/** Keys of maps and positions in lists, from the top. */
export type Path = readonly PropertyKey[];

export interface YamlSource {
  readonly value: unknown;
  /** Where the value at `path` begins, or its key. Parts of the path that the text does not have are passed over. */
  place(path: Path, part?: 'key' | 'value'): { readonly line: number; readonly column: number };
}

export type YamlResult =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const problemsMax = 20;

export function readYaml(text: string): YamlResult {
  const lines = new LineCounter();
  const placeAt = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (text.length > limits.scenarioCharsMax) {
    const message = `a scenario has up to ${limits.scenarioCharsMax} characters, this one has ${text.length}`;
    return { ok: false, problems: [{ line: 1, column: 1, message }] };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, customTags: ['binary'] });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = faults
      .slice(0, problemsMax)
      .map(({ message, pos }) => ({ ...placeAt(pos[0]), message: `this is no YAML: ${lowerFirst(message)}` }));
    return { ok: false, problems };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: limits.scenarioAliasesMax });
    return { ok: true, source: { value, place: (path, part) => placeAt(offsetOf(document, path, part ?? 'value')) } };
  } catch (error) {
    // What the library throws here are aliases: one that nothing is called like, or too many of them.
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ line: 1, column: 1, message: `this can't be read: ${lowerFirst(message)}` }] };
  }
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function offsetOf(document: Document.Parsed, path: Path, part: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next = childOf(node, step);
    if (!next) continue;
    node = next.value;
    offset = (part === 'key' ? startOf(next.key) : startOf(next.value)) ?? startOf(next.key) ?? offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function childOf(node: unknown, step: PropertyKey): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (!isSeq(node)) return undefined;
  const value = node.items[Number(step)];
  return value === undefined ? undefined : { value };
}
