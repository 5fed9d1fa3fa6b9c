/** Makes the worker thread of a node. Tests and other builds give their own. */
import { Worker } from 'node:worker_threads';
import { nodeThreadLimits } from '../node/thread-limits.ts';
import type { NodeOptions } from '../node/worker-messages.ts';

export type SpawnNode = (options: NodeOptions) => Worker;

/** A `SpawnNode` that runs the built worker entry at `entry`. */
export function spawnNodeFrom(entry: URL): SpawnNode {
  return (options) =>
    new Worker(entry, {
      name: `node ${options.id}`,
      workerData: options,
      // Flags of the process (an inspector port, loaders) are not for the node.
      execArgv: [],
      resourceLimits: nodeThreadLimits,
    });
}

/** The entry lies beside the file that the build makes of this one. */
export const spawnNode: SpawnNode = (options) => spawnNodeFrom(new URL('./node-worker.mjs', import.meta.url))(options);
