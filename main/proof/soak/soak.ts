/**
 * `npm run soak -- MINUTES SEED` (ten minutes by default): random faults on five real nodes under load. Prints what it was like as one
 * line of JSON; exit code 1 when a promise was broken, the logs differ, or the cluster does not come back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { workloadSchema } from '../../../shared/workload.ts';
import { EventStream } from '../../lab/event-stream.ts';
import { Lab } from '../../lab/lab.ts';
import { spawnNodeFrom } from '../../lab/spawn-node.ts';
import { labAsPort } from './lab-as-port.ts';
import { SoakRun } from './soak-run.ts';

const [minutesWord = '10', seedWord = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const [minutes, seed] = [Number(minutesWord), Number(seedWord)];
const nodes = 5;
const folder = mkdtempSync(join(tmpdir(), 'raft-soak-'));
const stream = new EventStream();
const spawn = spawnNodeFrom(pathToFileURL(join('out', 'main', 'node-worker.mjs')));
const lab = new Lab({ folder, basePort: 27_100, timings: paperTimings, spawn }, stream);
const workload = workloadSchema.parse({
  clients: 16,
  requestsPerSecond: 300,
  mix: { append: 6, conditionalAppend: 1, linearizableRead: 1, leaseRead: 1, localRead: 1 },
  payloadBytes: 32,
});

process.stderr.write(`seed ${seed}, ${minutes} minutes, ${nodes} nodes in ${folder}\n`);
const { lastLines, ...report } = await new SoakRun({
  port: labAsPort(lab, stream),
  nodes,
  durationMs: minutes * 60_000,
  seed,
  workload,
  onProgress: (words) => process.stderr.write(`${words}\n`),
}).run();
await lab.close();
process.stdout.write(`${JSON.stringify({ proof: 'soak', seed, nodes, lateEvents: stream.lateEvents, ...report })}\n`);
const isWhole = report.violations.length === 0 && report.problems.length === 0;
if (isWhole) rmSync(folder, { recursive: true, force: true });
else process.stderr.write(`${lastLines.join('\n')}\nSeed ${seed}. The folders were kept: ${folder}\n`);
process.exitCode = isWhole ? 0 : 1;
