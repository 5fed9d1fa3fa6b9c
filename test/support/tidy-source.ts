/** Reading source files for the house rules: what is imported, which names and strings occur, and on which line. */
import { posix } from 'node:path';
import ts from 'typescript';

/** One file of the project; `path` is from the root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One breach of a rule; `message` says what to write instead. `line` counts from 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One `import`, `export … from`, `import()` or `require()`. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** `file:line message`, as an editor can follow it. */
export function describeFinding({ path, line, message }: Finding): string {
  return `${path}:${line} ${message}`;
}

/** Whether a rule that reads code can read this file. */
export function isCode(path: string): boolean {
  return /\.(ts|mts|vue|mjs|cjs|js)$/.test(path);
}

/** Blanks all but the scripts of a Vue file; lines stay where they are. */
function scriptOfVue(text: string): string {
  let script = '';
  let end = 0;
  for (const match of text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + (match[1] ?? '').length;
    const body = match[2] ?? '';
    script += text.slice(end, start).replace(/[^\n]/g, ' ') + body;
    end = start + body.length;
  }
  return script + text.slice(end).replace(/[^\n]/g, ' ');
}

const parsed = new WeakMap<SourceFile, ts.SourceFile>();

/** The syntax tree of a file of code; parsed once. */
export function parse(file: SourceFile): ts.SourceFile {
  let tree = parsed.get(file);
  if (tree === undefined) {
    const text = file.path.endsWith('.vue') ? scriptOfVue(file.text) : file.text;
    tree = ts.createSourceFile(file.path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
    parsed.set(file, tree);
  }
  return tree;
}

/** Every node of the tree, parents before children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** The line, from 1, on which a node begins. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return node.argument.literal;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const isImport =
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
  return isImport ? node.arguments[0] : undefined;
}

/** All that a file imports, type imports too. */
export function importsOf(file: SourceFile): readonly Import[] {
  const tree = parse(file);
  const imports: Import[] = [];
  for (const node of nodesOf(tree)) {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, line: lineOf(tree, node) });
    }
  }
  return imports;
}

/** The path from the root to which a relative specifier points; `?raw` and the like are cut off. */
export function resolveFrom(path: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(path), specifier.replace(/\?.*$/, '')));
}

/** Whether an identifier stands for the name itself, not for a property or key of that name. */
export function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  const isKey =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent);
  return !(isKey && parent.name === node);
}

/** Whether a file declares types only, so that there is nothing in it to run. */
export function isTypesOnly(file: SourceFile): boolean {
  return parse(file).statements.every(
    (statement) =>
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      (ts.isImportDeclaration(statement) && statement.importClause?.isTypeOnly === true) ||
      (ts.isExportDeclaration(statement) && statement.isTypeOnly),
  );
}

/** How many lines a text has; a last line without its end counts. */
export function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** A finding for each match of a pattern with the `g` flag in a text. */
export function findText(file: SourceFile, pattern: RegExp, message: (match: string) => string): Finding[] {
  return [...file.text.matchAll(pattern)].map((match) => ({
    path: file.path,
    line: file.text.slice(0, match.index).split('\n').length,
    message: message(match[0]),
  }));
}
