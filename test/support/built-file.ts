/** Worker threads and the library are tested as they are shipped: built. */
import { existsSync } from 'node:fs';

/** A file of out/main. Throws, saying what to do, where it was not built. */
export function builtFile(name: 'node-worker.mjs' | 'session-worker.mjs' | 'lab-worker.mjs' | 'library.mjs'): URL {
  const url = new URL(`../../out/main/${name}`, import.meta.url);
  if (!existsSync(url)) throw new Error(`${url.pathname} is missing: run npm run build first`);
  return url;
}
