/**
 * The house rules that look at one file: each takes a file and returns its findings. Those about the tree as a whole are in
 * tidy-tree.ts. Words that a rule forbids are written in halves here, so that this file keeps the rule too.
 */
import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { layerOf } from './tidy-layers.ts';
import { findText, importsOf, isCode, isFreeName, lineOf, nodesOf, parse, resolveFrom } from './tidy-source.ts';
import type { Finding, SourceFile } from './tidy-source.ts';

/** A rule about one file. */
export type FileRule = (file: SourceFile) => readonly Finding[];

const isRelative = (specifier: string): boolean => specifier.startsWith('.');

/** `@scope/name/deep` → `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function forbiddenImport(path: string, specifier: string): string | null {
  const layer = layerOf(path);
  if (layer === undefined) return 'is in no layer: add a row to test/support/tidy-layers.ts and a tsconfig.json';
  const allowed = [layer.name, ...layer.imports].join(', ');
  if (isRelative(specifier)) {
    const target = layerOf(resolveFrom(path, specifier));
    if (target !== undefined && (target === layer || layer.imports.includes(target.name))) return null;
    const what = target?.name ?? resolveFrom(path, specifier);
    return `${layer.name} may not import ${what}; it may import: ${allowed}. Take what you need as an argument or a port`;
  }
  if (specifier.startsWith('node:') || isBuiltin(specifier)) {
    return layer.nodeModules ? null : `${layer.name} may not use Node (${specifier}); take it as an argument or a port`;
  }
  if (layer.packages === 'any' || layer.packages.includes(packageOf(specifier))) return null;
  return `${layer.name} may not import the package ${specifier}; allowed: ${layer.packages.join(', ') || 'none'}`;
}

/** The import table of tidy-layers.ts. */
export const importTable: FileRule = (file) => {
  if (!isCode(file.path) || !/^(shared|main|renderer)\//.test(file.path)) return [];
  return importsOf(file).flatMap(({ specifier, line }) => {
    const message = forbiddenImport(file.path, specifier);
    return message === null ? [] : [{ path: file.path, line, message }];
  });
};

/** Modules that only one place may import. */
const soleImporters = [
  {
    module: /^(node:)?dgram$/,
    place: /^main\/net\/udp-[^/]*\.ts$/,
    instead: 'use the Datagrams port of main/ports.ts',
  },
  {
    module: /^electron(\/|$)/,
    place: /^main\/hosts\/electron\//,
    instead: 'pass what you need from main/hosts/electron',
  },
];

/** Only main/net/udp-*.ts imports node:dgram, only main/hosts/electron imports electron. */
export const soleImporter: FileRule = (file) => {
  if (!isCode(file.path) || file.path.startsWith('test/')) return [];
  return importsOf(file).flatMap(({ specifier, line }) =>
    soleImporters
      .filter(({ module, place }) => module.test(specifier) && !place.test(file.path))
      .map(({ instead }) => ({ path: file.path, line, message: `may not import ${specifier}; ${instead}` })),
  );
};

/** What the core may not name, and what it does instead. */
const impure: Readonly<Record<string, string>> = {
  Date: 'time comes in as `now`',
  performance: 'time comes in as `now`',
  setTimeout: 'return wakeAt; the host keeps the timer',
  setInterval: 'return wakeAt; the host keeps the timer',
  setImmediate: 'return an effect; the host orders the work',
  queueMicrotask: 'return an effect; the host orders the work',
  process: 'settings come in as an input',
  Promise: 'return an effect; its completion comes back as an input',
};

function impurityOf(node: ts.Node): string | null {
  if (ts.isIdentifier(node) && Object.hasOwn(impure, node.text) && isFreeName(node)) {
    return `${node.text}: ${impure[node.text]}`;
  }
  if (
    node.kind === ts.SyntaxKind.AsyncKeyword ||
    node.kind === ts.SyntaxKind.AwaitKeyword ||
    ts.isAwaitExpression(node)
  ) {
    return 'async/await: return an effect; its completion comes back as an input';
  }
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') {
    return 'Math.random: draw from the random state that the core keeps';
  }
  return null;
}

/** main/raft is a pure function of its state and inputs. */
export const pureCore: FileRule = (file) => {
  if (!file.path.startsWith('main/raft/') || !isCode(file.path)) return [];
  const tree = parse(file);
  return [...nodesOf(tree)].flatMap((node) => {
    const impurity = impurityOf(node);
    return impurity === null
      ? []
      : [{ path: file.path, line: lineOf(tree, node), message: `raft is pure; ${impurity}` }];
  });
};

const transports = new Set(['WebSocket', 'MessagePort', 'MessageChannel', 'EventSource']);

/** In the page only renderer/lab-client knows how bytes travel. */
export const oneTransport: FileRule = (file) => {
  if (!file.path.startsWith('renderer/') || /^renderer\/lab-client[./]/.test(file.path) || !isCode(file.path))
    return [];
  const tree = parse(file);
  return [...nodesOf(tree)]
    .filter((node): node is ts.Identifier => ts.isIdentifier(node) && transports.has(node.text) && isFreeName(node))
    .map((node) => ({
      path: file.path,
      line: lineOf(tree, node),
      message: `may not touch ${node.text}; ask renderer/lab-client`,
    }));
};

/** Relative imports name the file that they mean, so that Node, Vite and the compiler agree on it. */
export const fullFileNames: FileRule = (file) => {
  if (!isCode(file.path)) return [];
  return importsOf(file)
    .filter(({ specifier }) => isRelative(specifier) && !/\.(ts|vue|mjs|cjs|css|json|svg|png)(\?.*)?$/.test(specifier))
    .map(({ specifier, line }) => ({
      path: file.path,
      line,
      message: `'${specifier}': write '${specifier.replace(/\.js$/, '')}.ts' (or .vue), the name of the file itself`,
    }));
};

/** A type forced through `unknown` is a claim that nothing checks. */
export const noForcedTypes: FileRule = (file) => {
  if (!isCode(file.path)) return [];
  const tree = parse(file);
  return [...nodesOf(tree)]
    .filter(
      (node) =>
        ts.isAsExpression(node) &&
        ts.isAsExpression(node.expression) &&
        node.expression.type.kind === ts.SyntaxKind.UnknownKeyword,
    )
    .map((node) => ({
      path: file.path,
      line: lineOf(tree, node),
      message: 'forces a type through unknown; check the value (a type guard, a schema) or mend the type',
    }));
};

/** Puts a word together that may not stand here in one piece. */
const whole = (...parts: readonly string[]): string => parts.join('');

const unfinished = new RegExp(`\\b(${[whole('TO', 'DO'), whole('FIX', 'ME'), whole('X', 'XX')].join('|')})\\b`, 'g');

/** Nothing is left for later in the source. */
export const noUnfinishedMarks: FileRule = (file) =>
  findText(file, unfinished, (mark) => `${mark}: do it now, or say in a sentence what the code does not do`);

const registries = new RegExp(
  [
    String.raw`\b(registry|npm|mirror|artifactory|nexus)[\w-]*(\.[\w-]+)+(:\d+)?/`,
    whole(String.raw`\b(registry\.npm`, String.raw`js|npm\.pkg\.git`, String.raw`hub)\b`),
    whole(String.raw`"resolv`, String.raw`ed":\s*"https?:`),
    whole(String.raw`^\s*(@[\w-]+:)?regis`, String.raw`try\s*=`),
  ].join('|'),
  'gim',
);

/** Where packages come from is each machine's own setting. */
export const noRegistryHosts: FileRule = (file) =>
  findText(
    file,
    registries,
    (match) => `names a package registry (${match}); leave it to the machine's own npm settings`,
  );

const workshop = new RegExp(
  whole(String.raw`\bissu`, String.raw`es?\s+#?\d+\b|/wo`, String.raw`rk/(main|shared)\b`),
  'gi',
);

/** The source speaks for itself to whoever reads it later, anywhere. */
export const noWorkshopWords: FileRule = (file) =>
  findText(file, workshop, (match) => `'${match}' means nothing outside the workshop; say the reason itself`);
