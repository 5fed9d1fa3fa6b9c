/**
 * `npm run soak -- MINUTES SEED [--sim]` (ten minutes by default): random faults on five real nodes under load, or on simulated
 * ones in virtual time. Prints what it was like as one line of JSON; exit code 1 when a promise was broken, the logs differ, or
 * the cluster does not come back: then the last events are in a file.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workloadSchema } from '../../../shared/workload.ts';
import { soakRealLab, soakSimulatedLab } from './soak-labs.ts';

const words = process.argv.slice(2);
const [minutesWord = '10', seedWord = String(Date.now() % 1_000_000)] = words.filter((word) => word !== '--sim');
const [minutes, seed] = [Number(minutesWord), Number(seedWord)];
const isSimulated = words.includes('--sim');
const nodes = 5;
const folder = mkdtempSync(join(tmpdir(), 'raft-soak-'));
const options = {
  nodes,
  durationMs: minutes * 60_000,
  seed,
  workload: workloadSchema.parse({
    clients: 16,
    requestsPerSecond: 300,
    mix: { append: 6, conditionalAppend: 1, linearizableRead: 1, leaseRead: 1, localRead: 1 },
    payloadBytes: 32,
  }),
  onProgress: (progress: string) => process.stderr.write(`${progress}\n`),
};

const kind = isSimulated ? 'simulated' : 'real';
process.stderr.write(`seed ${seed}, ${minutes} minutes, ${nodes} ${kind} nodes; ${folder}\n`);
const soaked = isSimulated ? await soakSimulatedLab(options) : await soakRealLab(options, folder);
const { lastLines, ...report } = soaked;
process.stdout.write(`${JSON.stringify({ proof: 'soak', nodes: kind, seed, ...report })}\n`);
const isWhole = report.violations.length === 0 && report.problems.length === 0;
if (isWhole) {
  rmSync(folder, { recursive: true, force: true });
} else {
  const lastEvents = join(folder, 'last-events.log');
  writeFileSync(lastEvents, `${lastLines.join('\n')}\n`);
  const found = [...report.violations.map(({ promise, sentence }) => `${promise}: ${sentence}`), ...report.problems];
  process.stderr.write(`${found.join('\n')}\nSeed ${seed}. What led to it: ${lastEvents}; the folders were kept.\n`);
}
process.exitCode = isWhole ? 0 : 1;
