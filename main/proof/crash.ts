/**
 * `npm run crash`: three real nodes, killed 200 times (`-- KILLS [SEED]` for another number) in the midst of their writes. Prints what it
 * found as one line of JSON; exit code 1 when an acknowledged entry is gone, or anything else does not hold.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePortBlock } from '../net/udp-port-block.ts';
import { CrashLoop } from './crash-loop.ts';
import { nodeListAt } from './node-process.ts';

const [killsWord = '200', seedWord = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const [kills, seed] = [Number(killsWord), Number(seedWord)];
const ports = await findFreePortBlock({ host: '127.0.0.1', basePort: 26_000, count: 3, step: 10, blocksMax: 100 });
if (!ports.ok) throw new Error(ports.failure.message);
const folder = mkdtempSync(join(tmpdir(), 'raft-crash-'));
const startMs = performance.now();
const loop = new CrashLoop({
  nodes: nodeListAt(ports.value.basePort, 3),
  folder,
  kills,
  outstanding: 16,
  seed,
  onKill: (done) => process.stderr.write(`\r${done} of ${kills} kills`),
});
const report = await loop.run();
process.stderr.write('\n');
const seconds = Math.round((performance.now() - startMs) / 1_000);
process.stdout.write(`${JSON.stringify({ proof: 'crash', seed, seconds, ...report })}\n`);
if (report.problems.length === 0) rmSync(folder, { recursive: true, force: true });
else process.stderr.write(`The folders were kept: ${folder}\n`);
process.exitCode = report.problems.length === 0 ? 0 : 1;
