/** The house rules about length: a ratchet, not a wall. What is longer has an entry with its measure, and must not grow. */
import ts from 'typescript';
import { countLines, isCode, lineOf, nodesOf, parse } from './tidy-source.ts';
import type { Finding, SourceFile } from './tidy-source.ts';

const listsFile = 'test/support/tidy-lists.ts';

/** The most that a thing may measure, by name, where it is above the limit for all. */
export type Ratchet = Readonly<Record<string, number>>;

interface Measured {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly lines: number;
  readonly limit: number;
}

function ratchet(list: string, measured: readonly Measured[], entries: Ratchet): readonly Finding[] {
  const over = measured.flatMap(({ name, path, line, lines, limit }) => {
    const most = entries[name];
    if (lines <= (most ?? limit)) return [];
    const allowed = most === undefined ? `the limit is ${limit}` : `its entry in ${listsFile} allows ${most}`;
    return [{ path, line, message: `${name} has ${lines} lines and ${allowed}; split it by what it is about` }];
  });
  const slack = Object.entries(entries).flatMap(([name, most]) => {
    const it = measured.find((one) => one.name === name);
    const remedy =
      it === undefined || it.lines <= it.limit
        ? 'remove it from'
        : it.lines < most - 20
          ? `lower it to ${it.lines} in`
          : null;
    return remedy === null
      ? []
      : [{ path: listsFile, line: 1, message: `${name} has ${it?.lines ?? 0} lines; ${remedy} ${list}` }];
  });
  return [...over, ...slack];
}

/** A file is about one thing: 200 lines, 350 for a test, unless the list says more. */
export function fileLengths(files: readonly SourceFile[], entries: Ratchet): readonly Finding[] {
  const measured = files
    .filter(({ path }) => isCode(path) || path.endsWith('.css'))
    .map(({ path, text }) => {
      return { name: path, path, line: 1, lines: countLines(text), limit: path.endsWith('.test.ts') ? 350 : 200 };
    });
  return ratchet('longFiles', measured, entries);
}

function nameOfFunction(node: ts.Node): string | null {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText() ?? null;
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const isValue = ts.isVariableDeclaration(node) && node.initializer !== undefined;
  return isValue && (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer))
    ? node.name.getText()
    : null;
}

/** Its lines without those of the named functions inside it: a factory is not long because what it makes is many. */
function ownLines(tree: ts.SourceFile, node: ts.Node): number {
  let lines = countLines(node.getText(tree));
  const subtractNamed = (child: ts.Node): void => {
    if (nameOfFunction(child) === null) ts.forEachChild(child, subtractNamed);
    else lines -= countLines(child.getText(tree));
  };
  ts.forEachChild(node, subtractNamed);
  return lines;
}

/** A function does one thing: 60 lines of its own unless the list says more. Tests are not measured. */
export function functionLengths(files: readonly SourceFile[], entries: Ratchet): readonly Finding[] {
  const measured = files
    .filter(({ path }) => isCode(path) && /^(shared|main|renderer|scripts)\//.test(path))
    .flatMap((file) => {
      const tree = parse(file);
      return [...nodesOf(tree)].flatMap((node) => {
        const name = nameOfFunction(node);
        if (name === null) return [];
        const lines = ownLines(tree, node);
        return [{ name: `${file.path}#${name}`, path: file.path, line: lineOf(tree, node), lines, limit: 60 }];
      });
    });
  return ratchet('longFunctions', measured, entries);
}
