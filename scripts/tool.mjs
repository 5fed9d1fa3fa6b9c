/**
 * Builds one of the project's own programs and runs it: `node scripts/tool.mjs explore --quick`. They are for who works on
 * Raft Lab and are no part of the app.
 */
import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { root } from './run-command.mjs';

/** @type {Readonly<Record<string, string>>} */
const tools = {
  explore: 'main/sim/explore/explore.ts',
  rules: 'main/sim/prove-rules.ts',
  'simulator-benchmark': 'main/sim/benchmark/simulator-benchmark.ts',
  'core-benchmark': 'main/sim/benchmark/core-benchmark.ts',
  'fault-benchmark': 'main/bench/fault-benchmark.ts',
  'check-benchmark': 'main/sim/benchmark/check-benchmark.ts',
  crash: 'main/proof/crash.ts',
  'start-benchmark': 'main/proof/start-benchmark.ts',
  hostile: 'main/proof/hostile/hostile.ts',
  durability: 'main/proof/durability.ts',
  'load-benchmark': 'main/proof/load-benchmark.ts',
  'session-benchmark': 'main/proof/session-benchmark.ts',
  soak: 'main/proof/soak/soak.ts',
};

const [name = '', ...words] = process.argv.slice(2);
const source = tools[name];
if (source === undefined) {
  process.stderr.write(`There is no tool "${name}". There are: ${Object.keys(tools).join(', ')}.\n`);
  process.exit(2);
}
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: { ssr: source, outDir: 'out/tools', emptyOutDir: false, target: 'node20.19', minify: false },
  ssr: { noExternal: true },
});
const program = join(root, 'out', 'tools', `${basename(source, '.ts')}.js`);
// A search of millions of states needs more memory than Node takes by itself.
const child = spawn(process.execPath, ['--max-old-space-size=12000', '--expose-gc', program, ...words], {
  cwd: root,
  stdio: 'inherit',
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
