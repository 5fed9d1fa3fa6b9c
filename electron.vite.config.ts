/**
 * How the app is built: main (ESM, one file per entry point), preload (CJS: a sandboxed preload cannot be ESM) and the page.
 * Own run-time libraries are bundled, so that a packed app carries no node_modules.
 */
import { chmodSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const fromRoot = (path: string): string => resolve(import.meta.dirname, path);

/** The oldest Node that runs the command line and the browser host; Electron's own is newer. */
const nodeTarget = 'node20.19';

/**
 * Never bundled: `electron` exists only inside Electron; the others are native accelerators that msgpackr and ws
 * ask for in a `try` and do without.
 */
const external = ['electron', /^electron\//, 'msgpackr-extract', 'cbor-extract', 'bufferutil', 'utf-8-validate'];

const hashbang = '#!/usr/bin/env node\n';

/** The command line is run by name (`raft-lab …`): it starts with a hashbang and may be executed. */
function executableCli(): Plugin {
  return {
    name: 'executable-cli',
    generateBundle(_options, bundle) {
      const cli = bundle['cli.mjs'];
      if (cli?.type === 'chunk' && !cli.code.startsWith('#!')) cli.code = hashbang + cli.code;
    },
    writeBundle(options, bundle) {
      if (bundle['cli.mjs'] && options.dir !== undefined) chmodSync(join(options.dir, 'cli.mjs'), 0o755);
    },
  };
}

/**
 * electron-vite puts `const __dirname`, `const __filename` and `const require` at the head of each chunk that uses one of
 * them. An ES module that declares such a name itself (`open` does) would then declare it twice: its own gets another name.
 */
function ownModulePaths(): Plugin {
  return {
    name: 'own-module-paths',
    transform(code) {
      const declared = [...code.matchAll(/^\s*(?:const|let|var) (__dirname|__filename|require)\b/gm)].map(
        (match) => match[1],
      );
      if (declared.length === 0) return null;
      const names = new RegExp(`(?<![.\\w$])(${declared.join('|')})\\b`, 'g');
      return { code: code.replace(names, 'own_$1'), map: null };
    },
  };
}

export default defineConfig({
  main: {
    plugins: [ownModulePaths(), executableCli()],
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      outDir: 'out/main',
      rolldownOptions: {
        external,
        input: {
          electron: fromRoot('main/hosts/electron/main.ts'),
          cli: fromRoot('main/hosts/cli/cli.ts'),
          library: fromRoot('main/node/start.ts'),
          'lab-worker': fromRoot('main/bridge/lab-worker.ts'),
          'node-worker': fromRoot('main/node/node-worker.ts'),
          'session-worker': fromRoot('main/session/session-worker.ts'),
          'sim-worker': fromRoot('main/sim/sim-worker.ts'),
          'bench-node': fromRoot('main/bench/bench-node.ts'),
        },
        // Chunks lie beside the entries: code in any of them finds a worker as `new URL('./node-worker.mjs', import.meta.url)`.
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      outDir: 'out/preload',
      rolldownOptions: {
        external,
        input: { preload: fromRoot('main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue()],
    // msgpackr's default build compiles readers with `new Function`, which the page's content security policy refuses.
    resolve: { alias: [{ find: /^msgpackr$/, replacement: 'msgpackr/index-no-eval' }] },
    // A worker is a module of the page's own origin.
    worker: { format: 'es' },
    server: { fs: { allow: [fromRoot('.')] } },
    build: {
      outDir: fromRoot('out/renderer'),
      target: 'es2023',
      minify: true,
      // The policy allows no inline script and no data: address.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: fromRoot('renderer/index.html') },
    },
  },
});
