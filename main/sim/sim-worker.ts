/**
 * A thread that works on seeds, one after the other.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import { runSeed, type JobOptions, type SeedOutcome } from './seed-job.ts';

/** A seed that is done. */
export interface SeedDone {
  readonly seed: number;
  readonly outcome: SeedOutcome;
}

const port = required(parentPort, 'sim-worker runs as a worker thread');
const options = workerData as JobOptions;

port.on('message', (seed: number) => {
  const done: SeedDone = { seed, outcome: runSeed(seed, options) };
  port.postMessage(done);
});
