/** The lab's worker thread: `workerData` is `LabOptions`, messages are those of host-messages.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import type { LabOptions } from './host-messages.ts';
import { serveLab } from './serve-lab.ts';

/** A thread that something still keeps alive so long after its end is ended by force. */
const lingerMs = 1_000;

await serveLab(required(parentPort, 'lab-worker runs as a worker thread'), workerData as LabOptions);
setTimeout(() => process.exit(0), lingerMs).unref();
