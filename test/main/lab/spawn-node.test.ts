import { once } from 'node:events';
import { expect, it } from 'vitest';
import { spawnNodeFrom } from '../../../main/lab/spawn-node.ts';
import type { NodeOptions } from '../../../main/node/worker-messages.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';

const options: NodeOptions = {
  id: 4,
  members: [],
  folder: '/f',
  clusterId: 'c',
  key: new Uint8Array(32),
  timings: paperTimings,
  seed: 1,
  clockOriginNs: 5n,
  faultRules: [],
};

it('makes a thread of the entry, gives it its options and no flags of the process', async () => {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage({ workerData, execArgv: process.execArgv });
  `;
  const thread = spawnNodeFrom(new URL(`data:text/javascript,${encodeURIComponent(code)}`))(options);
  const [message] = await once(thread, 'message');
  expect(message).toEqual({ workerData: options, execArgv: [] });
  await once(thread, 'exit');
});
