/** Tells whether out/ was built from the sources as they are. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Each build writes all of these anew; the oldest of them is as old as the build. */
const built = ['out/main/cli.mjs', 'out/main/electron.mjs', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** All that a build reads, packages included: `package-lock.json` says which. */
const sources = [
  'main',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * By the times of the files alone, which takes a few milliseconds.
 * @param {string} root the project's folder
 * @returns {boolean}
 */
export function isBuildCurrent(root) {
  const builtAt = Math.min(...built.map((path) => changedAt(join(root, path)) ?? 0));
  return sources.every((path) => newest(join(root, path)) < builtAt);
}

/**
 * When the newest file below a path was changed, ms; 0 where there is nothing.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const own = statSync(path, { throwIfNoEntry: false });
  if (own === undefined) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  // A folder's own time tells of files that were removed or renamed.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), own.mtimeMs);
}

/** @param {string} path */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
