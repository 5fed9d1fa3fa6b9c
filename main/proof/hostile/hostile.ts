/**
 * `npm run hostile`: a million hostile datagrams against three real servers in process, and a tenth of that over real
 * sockets (`-- COUNT SEED` for others). Prints what it found as one line of JSON; exit code 1 when something does not hold.
 */
import { HostileRun } from './hostile-run.ts';
import { runLiar } from './liar-run.ts';

const [countWord = '1000000', seedWord = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const [count, seed] = [Number(countWord), Number(seedWord)];
const startMs = performance.now();
const run = new HostileRun(Math.ceil(count * 0.7), seed);
const inProcess = run.run();
const liar = runLiar(run.captures, Math.floor(count * 0.3), { random: seed });
const seconds = Math.round((performance.now() - startMs) / 1_000);
process.stdout.write(`${JSON.stringify({ proof: 'hostile', seed, seconds, inProcess, liar })}\n`);
process.exitCode = inProcess.problems.length + liar.problems.length === 0 ? 0 : 1;
