/**
 * Where the built app keeps its files. Everything is found from this module's own place in `out/main`, so that the same
 * lines hold in a checkout and in a packed app.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** This module's address; in a packed app the one in the archive, where the page and package.json are too. */
const here = import.meta.url.replace('/app.asar.unpacked/', '/app.asar/');

/** The folder of the built page: `index.html` and its assets. */
export function pageFolder(): string {
  return fileURLToPath(new URL('../renderer/', here));
}

/** The built preload script of the desktop window. */
export function preloadFile(): string {
  return fileURLToPath(new URL('../preload/preload.cjs', here));
}

/** The folder that holds package.json: what Electron is started with in a checkout. */
export function appFolder(): string {
  return fileURLToPath(new URL('../../', here));
}

/** The application's version, from package.json. */
export function appVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', here), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  return 'unknown';
}

/**
 * A file inside `app.asar`, as its copy outside it (electron-builder.yml unpacks `out/main`): a worker thread started from
 * there starts workers of its own without depending on the archive being readable in every thread.
 */
export function unpackedUrl(url: URL): URL {
  const unpacked = new URL(url.href.replace('/app.asar/', '/app.asar.unpacked/'));
  return unpacked.href !== url.href && existsSync(fileURLToPath(unpacked)) ? unpacked : url;
}
