/**
 * `npm run durability`: three real nodes under strace; no acknowledgement may leave before the fdatasync that covers it. Prints what it
 * found as one line of JSON; exit code 1 when something left too early. Says so, and ends well, where there is no strace.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePortBlock } from '../net/udp-port-block.ts';
import { hasStrace, runUnderStrace } from './durability-run.ts';
import { nodeListAt } from './node-process.ts';

async function prove(): Promise<object> {
  if (!hasStrace()) return { skipped: 'strace is not installed here, or not allowed to trace' };
  const ports = await findFreePortBlock({ host: '127.0.0.1', basePort: 27_000, count: 3, step: 10, blocksMax: 100 });
  if (!ports.ok) throw new Error(ports.failure.message);
  const folder = mkdtempSync(join(tmpdir(), 'raft-durability-'));
  try {
    const nodes = nodeListAt(ports.value.basePort, 3);
    const report = await runUnderStrace({ nodes, folder, appends: 2_000, outstanding: 16 });
    const saysSomething = report.acknowledgements > 0 && report.votes > 0;
    process.exitCode = report.problems.length === 0 && saysSomething ? 0 : 1;
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${JSON.stringify({ proof: 'durability', ...(await prove()) })}\n`);
