/** The store's worker thread: `workerData` is `StoreOptions`, messages are those of store-messages.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import { serveFile } from './serve-file.ts';
import { serveStore } from './serve-store.ts';
import type { StoreOptions } from './store-messages.ts';

const options = workerData as StoreOptions;
const port = required(parentPort, 'session-worker runs as a worker thread');
if (options.mode === 'keep') serveStore(port, options);
else serveFile(port, options.file);
