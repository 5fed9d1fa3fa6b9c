import { expect, it, onTestFinished } from 'vitest';
import { fillLog } from '../../../main/bench/fill-log.ts';
import { connectClient, type RaftClient } from '../../../main/client/connect-client.ts';
import { readAll } from '../../support/client-load.ts';
import { RealCluster } from '../../support/node-cluster.ts';

async function connectToCluster(): Promise<RaftClient> {
  const cluster = await RealCluster.start(3);
  onTestFinished(() => cluster.close());
  const { addresses: servers, clusterId, key } = cluster;
  const client = await connectClient({ servers, clusterId, key, timeoutMs: 20_000 });
  onTestFinished(() => client.close());
  return client;
}

it('appends as many entries as asked, also where requests do not come out even, each as long as asked', async () => {
  const client = await connectToCluster();
  await fillLog(client, 5_003, 7);
  const texts = await readAll(client);
  expect(texts).toHaveLength(5_003);
  expect(new Set(texts)).toEqual(new Set(['xxxxxxx']));
});

it('rejects when an append fails', async () => {
  const client = await connectToCluster();
  await client.close();
  const refused = await client.append({ entries: ['x'] });
  if (refused.ok) throw new Error('A closed client has appended.');
  await expect(fillLog(client, 10, 1)).rejects.toThrow(refused.failure.message);
});
