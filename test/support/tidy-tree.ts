/** The house rules that look at the tree as a whole, and the reading of that tree from disk. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';
import { isCode, isTypesOnly, nodesOf, parse, resolveFrom } from './tidy-source.ts';
import type { Finding, SourceFile } from './tidy-source.ts';

const folders = ['shared', 'main', 'renderer', 'resources', 'test', 'scripts', '.ci', '.github'];
const binary = /\.(png|ico|icns|jpg|gif|woff2?|raftlab|bin)$/;

/** All files of the project, read as text; a binary file has an empty text. What tools make is left out. */
export function readTree(root: string): readonly SourceFile[] {
  const inFolders = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
    );
  const atRoot = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  return [...atRoot, ...inFolders]
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !/(^|\/)(\.DS_Store|\.cache\/.*|node_modules\/.*|[^/]*\.log)$/.test(path))
    .map((path) => ({ path, text: binary.test(path) ? '' : readFileSync(join(root, path), 'utf8') }));
}

/** Every folder that holds files says in a README.md what it is for; of test/ only the top needs one. */
export function readmes(files: readonly SourceFile[]): readonly Finding[] {
  const paths = new Set(files.map(({ path }) => path));
  const withFiles = new Set([...paths].map((path) => posix.dirname(path)));
  return [...withFiles]
    .filter((folder) => /^(shared|main|renderer|resources|scripts)(\/|$)|^test$/.test(folder))
    .filter((folder) => !paths.has(`${folder}/README.md`))
    .map((folder) => ({
      path: `${folder}/README.md`,
      line: 1,
      message: 'is missing; write a page: what the folder is for, its contract, where to start reading',
    }));
}

/** Why a file needs no mirror test, by path from the root. */
export type Exemptions = Readonly<Record<string, string>>;

const listsFile = 'test/support/tidy-lists.ts';

function mirrorsOf(path: string): readonly string[] {
  const stem = `test/${path.slice(0, -'.ts'.length)}`;
  return [`${stem}.test.ts`, `${stem}.isolated.test.ts`];
}

/** Each file of shared/ and main/ that has something to run has its test at the same path under test/, or an exemption. */
export function mirrorTests(files: readonly SourceFile[], exemptions: Exemptions): readonly Finding[] {
  const paths = new Set(files.map(({ path }) => path));
  const sources = files.filter(({ path }) => /^(shared|main)\/.*(?<!\.d)\.ts$/.test(path));
  const hasTest = ({ path }: SourceFile): boolean => mirrorsOf(path).some((mirror) => paths.has(mirror));
  const missing = sources
    .filter((file) => !hasTest(file) && !isTypesOnly(file) && !Object.hasOwn(exemptions, file.path))
    .map(({ path }) => ({ path, line: 1, message: `has no test; write ${mirrorsOf(path)[0]}` }));
  const stale = Object.keys(exemptions).flatMap((path) => {
    const file = sources.find((source) => source.path === path);
    const why =
      file === undefined
        ? 'is not there'
        : hasTest(file)
          ? 'has a test now'
          : isTypesOnly(file)
            ? 'has nothing to run'
            : null;
    return why === null ? [] : [{ path: listsFile, line: 1, message: `${path} ${why}; remove it from withoutTest` }];
  });
  return [...missing, ...stale];
}

/** The files that a file names: by import, by string (an entry point, a worker) or, outside code, by any word. */
function namedBy(file: SourceFile, paths: ReadonlySet<string>): readonly string[] {
  const words = isCode(file.path)
    ? [...nodesOf(parse(file))].filter((node) => ts.isStringLiteralLike(node)).map((node) => node.text)
    : (file.text.match(/[\w@./-]+\.\w+/g) ?? []);
  return words
    .flatMap((word) => [resolveFrom(file.path, word), posix.normalize(word.replace(/\?.*$/, ''))])
    .filter((path) => paths.has(path) && path !== file.path);
}

function reachableFrom(roots: readonly SourceFile[], byPath: ReadonlyMap<string, SourceFile>): ReadonlySet<string> {
  const paths = new Set(byPath.keys());
  const reached = new Set(roots.map(({ path }) => path));
  const open = [...roots];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (!/\.(ts|vue|mjs|cjs|css|html|json|yml)$/.test(file.path) && !file.path.startsWith('.ci/')) continue;
    for (const path of namedBy(file, paths)) {
      const next = byPath.get(path);
      if (next === undefined || reached.has(path)) continue;
      reached.add(path);
      open.push(next);
    }
  }
  return reached;
}

/**
 * A file of the app that no entry point of electron.vite.config.ts reaches is dead, even if a test keeps it warm; a script or a
 * test helper is dead when no test, command or configuration names it.
 */
export function deadFiles(files: readonly SourceFile[], exemptions: Exemptions): readonly Finding[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const app = reachableFrom(
    files.filter(({ path }) => path === 'electron.vite.config.ts'),
    byPath,
  );
  const everything = reachableFrom(
    files.filter(({ path }) => !path.includes('/') || /^\.ci\/|^\.github\/|\.test\.ts$/.test(path)),
    byPath,
  );
  const isDead = (path: string): boolean => {
    if (!/\.(ts|vue|mjs|cjs|css)$/.test(path) || path.endsWith('.d.ts')) return false;
    if (/^(shared|main|renderer)\//.test(path)) return !app.has(path);
    return /^(scripts|test)\//.test(path) && !everything.has(path);
  };
  const dead = files
    .filter(({ path }) => isDead(path) && !Object.hasOwn(exemptions, path))
    .map(({ path }) => ({ path, line: 1, message: 'is reached from no entry point; use it or remove it' }));
  const stale = Object.keys(exemptions)
    .filter((path) => !byPath.has(path) || !isDead(path))
    .map((path) => ({ path: listsFile, line: 1, message: `${path} is gone or in use; remove it from notReached` }));
  return [...dead, ...stale];
}
