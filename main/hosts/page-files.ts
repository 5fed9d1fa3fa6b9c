/**
 * Finds the files of the built page by the path of an address, and nothing outside their folder.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** `Cache-Control`: files below `assets/` carry a hash of their content in their name, all others may change. */
  readonly cacheControl: string;
}

/** A file with another ending is not part of a page and isn't served. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Reads the file that an address's path (still percent-encoded) stands for; `/` is `index.html`. Undefined when there is none,
 * or when the path tries to leave the folder.
 */
export async function readPageFile(folder: string, pathname: string): Promise<PageFile | undefined> {
  const path = safePath(pathname);
  if (path === undefined) return undefined;
  const type = types[extname(path)];
  if (type === undefined) return undefined;
  try {
    const bytes = new Uint8Array(await readFile(join(folder, path)));
    const cacheControl = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return { bytes, type, cacheControl };
  } catch {
    return undefined; // Not there, or not a file.
  }
}

/** A relative path without `.` and `..`, or undefined: it is built up from names, never cut down to one. */
function safePath(pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const names = (decoded.endsWith('/') ? `${decoded}index.html` : decoded).split('/').filter((name) => name !== '');
  // Backslash and colon separate paths and streams on Windows; a leading dot marks what isn't for others.
  const isSafe = names.every((name) => /^[\w@-][\w.@-]*$/.test(name));
  return isSafe && names.length > 0 ? posix.join(...names) : undefined;
}
