/** Each house rule catches what it is there to catch, names file and line, and lets the right way pass. */
import { describe, expect, it } from 'vitest';
import { layerOf, layers } from './support/tidy-layers.ts';
import {
  fullFileNames,
  importTable,
  noForcedTypes,
  noRegistryHosts,
  noUnfinishedMarks,
  noWorkshopWords,
  oneTransport,
  pureCore,
  soleImporter,
} from './support/tidy-rules.ts';
import type { FileRule } from './support/tidy-rules.ts';
import { countLines, describeFinding } from './support/tidy-source.ts';
import { honestTests } from './support/tidy-test-rules.ts';

/** Puts a line together that may not stand here in one piece: this file keeps the rules too. */
const whole = (...parts: readonly string[]): string => parts.join('');

/** [path, a text that breaks the rule on its second line, what the message must hold] */
type Planted = readonly [path: string, line: string, says: string];

function expectCaught(rule: FileRule, [path, line, says]: Planted): void {
  const findings = rule({ path, text: `// line one\n${line}\n` }).map(describeFinding);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings[0]).toContain(`${path}:2 `);
  expect(findings[0]).toContain(says);
}

function expectPasses(rule: FileRule, path: string, text: string): void {
  expect(rule({ path, text }).map(describeFinding)).toEqual([]);
}

describe('the import table', () => {
  it.each<Planted>([
    ['shared/a.ts', "import { b } from '../main/raft/b.ts';", 'shared may not import raft'],
    ['shared/a.ts', "import { pack } from 'msgpackr';", 'may not import the package msgpackr; allowed: zod'],
    ['shared/a.ts', "import { join } from 'node:path';", 'may not use Node (node:path)'],
    ['main/raft/a.ts', "import type { Clock } from '../ports.ts';", 'raft may not import ports'],
    ['main/raft/a.ts', "import { readFileSync } from 'fs';", 'may not use Node (fs)'],
    ['main/raft/a.ts', "import { v7 } from 'uuid';", 'allowed: none'],
    ['main/ports.ts', "import { step } from './raft/step.ts';", 'ports may not import raft'],
    ['main/net/a.ts', "import { open } from '../disk/open.ts';", 'net may not import disk'],
    ['main/disk/a.ts', "export * from '../node/node-host.ts';", 'disk may not import node'],
    ['main/node/node-host.ts', "const net = await import('../net/udp-transport.ts');", 'node may not import net'],
    ['main/node/node-worker.ts', "import { lab } from '../lab/lab.ts';", 'node worker may not import lab'],
    ['main/lab/a.ts', "import { bridge } from '../bridge/bridge.ts';", 'lab may not import bridge'],
    ['main/hosts/web/a.ts', "import { open } from '../electron/window.ts';", 'hosts/web may not import hosts/electron'],
    ['main/hosts/electron/preload.ts', "import { lab } from '../../lab/lab.ts';", 'preload may not import lab'],
    ['renderer/a.ts', "import { lab } from '../main/lab/lab.ts';", 'renderer may not import lab'],
    ['renderer/a.ts', "let x: import('../main/ports.ts').Clock;", 'renderer may not import ports'],
    ['main/nowhere/a.ts', "import { x } from './x.ts';", 'add a row to test/support/tidy-layers.ts'],
    ['main/lab/a.ts', "import { x } from '../../test/support/x.ts';", 'lab may not import test/support/x.ts'],
  ])('%s: %s', (...planted) => expectCaught(importTable, planted));

  it('sees the script of a Vue file, on its own line', () => {
    const text =
      '<template>\n  <p>a</p>\n</template>\n<script setup lang="ts">\nimport a from \'../main/ports.ts\';\n</script>\n';
    expect(importTable({ path: 'renderer/a.vue', text }).map(({ line }) => line)).toEqual([5]);
  });

  it('lets each layer have what is below it', () => {
    expectPasses(importTable, 'shared/a.ts', "import { z } from 'zod';\nimport { b } from './b/c.ts';\n");
    expectPasses(
      importTable,
      'main/node/node-worker.ts',
      "import { open } from '../disk/open.ts';\nimport 'node:fs';\n",
    );
    expectPasses(
      importTable,
      'renderer/a/b.ts',
      "import { ref } from 'vue';\nimport { a } from '../../shared/a.ts';\n",
    );
    expectPasses(importTable, 'main/raft/a.ts', "// import x from '../net/x.ts'\nconst s = \"import 'fs'\";\n");
  });

  it('names only layers that exist', () => {
    const names = layers.map(({ name }) => name);
    expect(layers.flatMap(({ imports }) => imports).filter((name) => !names.includes(name))).toEqual([]);
    expect(layerOf('main/node/node-worker.ts')?.name).toBe('node worker');
  });
});

describe('modules with one importer', () => {
  it.each<Planted>([
    ['main/net/transport.ts', "import { createSocket } from 'node:dgram';", 'use the Datagrams port'],
    ['main/lab/client.ts', "import dgram from 'dgram';", 'use the Datagrams port'],
    ['main/hosts/web/server.ts', "import { shell } from 'electron';", 'main/hosts/electron'],
    ['renderer/a.ts', "import { ipcRenderer } from 'electron/renderer';", 'main/hosts/electron'],
  ])('%s: %s', (...planted) => expectCaught(soleImporter, planted));

  it('leaves it to them', () => {
    expectPasses(soleImporter, 'main/net/udp-transport.ts', "import { createSocket } from 'node:dgram';");
    expectPasses(soleImporter, 'main/hosts/electron/main.ts', "import { app } from 'electron';");
  });
});

describe('the pure core', () => {
  it.each([
    ['const t = Date.now();', 'now'],
    ['const t = new Date();', 'now'],
    ['const t = performance.now();', 'now'],
    ['const r = Math.random();', 'random state'],
    ['setTimeout(f, 10);', 'wakeAt'],
    ['const id = setInterval(f, 10);', 'wakeAt'],
    ['setImmediate(f);', 'effect'],
    ['queueMicrotask(f);', 'effect'],
    ["const p = process.env['X'];", 'input'],
    ['export async function f() {}', 'async/await'],
    ['for await (const x of y) f(x);', 'async/await'],
    ['const p = Promise.resolve(1);', 'input'],
    ['export type P = Promise<number>;', 'input'],
  ])('%s', (line, says) => expectCaught(pureCore, ['main/raft/a.ts', line, says]));

  it('minds the name, not the letters', () => {
    expectPasses(
      pureCore,
      'main/raft/a.ts',
      'const x = state.process; // Date.now() and await\nconst s = "setTimeout";\n',
    );
    expectPasses(pureCore, 'main/node/a.ts', 'const t = Date.now();');
  });
});

describe('one transport in the page', () => {
  it.each<Planted>([
    ['renderer/stores/a.ts', "const s = new WebSocket('ws://x');", 'ask renderer/lab-client'],
    ['renderer/composables/a.ts', 'export function f(port: MessagePort) {}', 'MessagePort'],
  ])('%s: %s', (...planted) => expectCaught(oneTransport, planted));

  it('is renderer/lab-client, a file or a folder', () => {
    expectPasses(oneTransport, 'renderer/lab-client.ts', 'let s: WebSocket;');
    expectPasses(oneTransport, 'renderer/lab-client/socket.ts', 'let s: WebSocket;');
    expectPasses(oneTransport, 'main/hosts/web/a.ts', 'let s: WebSocket;');
  });
});

describe('full file names', () => {
  it.each<Planted>([
    ['main/raft/a.ts', "import { b } from './b';", "write './b.ts'"],
    ['main/raft/a.ts', "import { b } from './b.js';", "write './b.ts'"],
    ['renderer/a.ts', "const view = () => import('./views/stage');", "write './views/stage.ts' (or .vue)"],
    ['test/a.test.ts', "export { b } from '../shared';", "write '../shared.ts'"],
  ])('%s: %s', (...planted) => expectCaught(fullFileNames, planted));

  it('may be those of styles, components and raw text', () => {
    expectPasses(
      fullFileNames,
      'renderer/a.ts',
      "import './a.css';\nimport A from './a.vue';\nimport s from './b.svg?raw';\n",
    );
  });
});

describe('words', () => {
  it.each([
    [noForcedTypes, 'const a = b as unknown as Node;', 'check the value'],
    [noUnfinishedMarks, whole('// TO', 'DO: later'), 'do it now'],
    [noUnfinishedMarks, whole('// FIX', 'ME later'), 'do it now'],
    [noUnfinishedMarks, whole('// X', 'XX later'), 'do it now'],
    [noRegistryHosts, whole('see https://regis', 'try.np', 'mjs.org/vue'), 'own npm settings'],
    [noRegistryHosts, whole('see https://np', 'm-mir', 'ror.example:8080/vue'), 'own npm settings'],
    [noRegistryHosts, whole('regis', 'try=https://x.example'), 'own npm settings'],
    [noRegistryHosts, whole('"resol', 'ved": "https://x.example/a.tgz",'), 'own npm settings'],
    [noWorkshopWords, whole('// as iss', 'ue 2 asks'), 'say the reason itself'],
    [noWorkshopWords, whole('// see /wo', 'rk/shared/DESIGN.md'), 'say the reason itself'],
  ] as const)('%o: %s', (rule, line, says) => expectCaught(rule, ['main/lab/a.ts', line, says]));

  it('that only look alike may stand', () => {
    expectPasses(noUnfinishedMarks, 'a.md', 'The todos of a user, XXXL.');
    expectPasses(noRegistryHosts, 'README.md', 'npm ci && npm test; `npx raft-lab`; node_modules/npm-run/x');
    expectPasses(noWorkshopWords, 'a.md', 'A vote is an issue of term 2.');
    expectPasses(noForcedTypes, 'main/lab/a.ts', 'const a = b as unknown; const c = d as Node; // as unknown as X');
  });
});

describe('honest tests', () => {
  it.each([
    ["it.skip('a', f);", 'every test runs'],
    ["describe.only('a', f);", 'every test runs'],
    ["test.concurrent.todo('a');", 'every test runs'],
    ["it.fails('a', f);", 'every test runs'],
    ["it('a', { retry: 3 }, f);", 'what it races with'],
    ['await new Promise((resolve) => setTimeout(resolve, 500));', 'wait for the condition'],
    ['await new Promise<void>((done) => { setTimeout(done, 10); });', 'wait for the condition'],
    ["import { setTimeout as sleep } from 'node:timers/promises';", 'wait for the condition'],
  ])('%s', (line, says) => expectCaught(honestTests, ['test/a.test.ts', line, says]));

  it('may use a timer for anything but sleeping, and helpers may poll', () => {
    expectPasses(
      honestTests,
      'test/a.test.ts',
      "it.each([1])('a', f);\nnew Promise((ok, no) => { setTimeout(() => no(e), 9); });",
    );
    expectPasses(honestTests, 'test/support/poll.ts', 'await new Promise((resolve) => setTimeout(resolve, 5));');
  });
});

it('counts lines as an editor does', () => {
  expect([countLines(''), countLines('a'), countLines('a\n'), countLines('a\n\nb')]).toEqual([0, 1, 1, 3]);
});
