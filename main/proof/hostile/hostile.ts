/**
 * `npm run hostile`: a million hostile datagrams against three real servers in process, and a tenth of that over real
 * sockets (`-- COUNT SEED` for others). Prints what it found as one line of JSON; exit code 1 when something does not hold.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFreePortBlock } from '../../net/udp-port-block.ts';
import { HostileRun } from './hostile-run.ts';
import { runLiar } from './liar-run.ts';
import { servers } from './quiet-cluster.ts';
import type { Library } from './socket-report.ts';
import { SocketRun } from './socket-run.ts';

const [countWord = '1000000', seedWord = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const [count, seed] = [Number(countWord), Number(seedWord)];
const startMs = performance.now();
const run = new HostileRun(Math.ceil(count * 0.7), seed);
const inProcess = run.run();
const liar = runLiar(run.captures, Math.floor(count * 0.3), { random: seed });
const folder = mkdtempSync(join(tmpdir(), 'raft-hostile-'));
const blocks = { host: '127.0.0.1', basePort: 27_000, count: servers.length, step: 10, blocksMax: 100 };
const block = await findFreePortBlock(blocks);
if (!block.ok) throw new Error(block.failure.message);
const library = (await import(pathToFileURL('out/main/library.mjs').href)) as Library;
const ports = servers.map((id) => block.value.basePort + id);
const sockets = await new SocketRun({ library, folder, ports, count: Math.ceil(count / 10), seed }).run();
const seconds = Math.round((performance.now() - startMs) / 1_000);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ proof: 'hostile', seed, seconds, inProcess, liar, sockets })}\n`);
process.exitCode = inProcess.problems.length + liar.problems.length + sockets.problems.length === 0 ? 0 : 1;
