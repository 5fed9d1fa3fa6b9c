/** Sessions end to end: leaders that are stopped, leaders that are killed, nodes that come back. */
import { afterEach, expect, it } from 'vitest';
import { connectClient, type RaftClient } from '../../../main/client/connect-client.ts';
import { isOutcomeKnown } from '../../../shared/result.ts';
import { ClientLoad, readAll } from '../../support/client-load.ts';
import { RealCluster } from '../../support/node-cluster.ts';
import { NodeThreads } from '../../support/node-threads.ts';
import { until } from '../../support/until.ts';

/** Only a test that would hang gets this far. */
const bounds = { timeout: 120_000 };
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function connect(cluster: RealCluster | NodeThreads): Promise<RaftClient> {
  const { addresses: servers, clusterId, key } = cluster;
  const client = await connectClient({ servers, clusterId, key, timeoutMs: 30_000 });
  closers.push(() => client.close());
  return client;
}

async function progress({ results }: ClientLoad): Promise<void> {
  const before = results.size;
  await until(() => results.size > before + 300, 'progress', 30_000);
}

async function expectOnce(client: RaftClient, { results }: ClientLoad): Promise<void> {
  const texts = await readAll(client);
  const standing = new Set(texts);
  expect(standing.size).toBe(texts.length);
  const lost = [...results].filter(([text, result]) => result.ok && !standing.has(text));
  expect(lost).toEqual([]);
  const denied = [...results].filter(
    ([text, result]) => !result.ok && isOutcomeKnown(result.failure) && standing.has(text),
  );
  expect(denied).toEqual([]);
  // The client made nothing of it: it found the new leader each time.
  expect([...results.values()].filter(({ ok }) => !ok)).toEqual([]);
}

it('[6.3] an append that was acknowledged stands once, though leaders stop and come back', bounds, async () => {
  const cluster = await RealCluster.start(3);
  closers.push(() => cluster.close());
  await cluster.leader();
  const client = await connect(cluster);
  const load = new ClientLoad(client, 50);
  for (let round = 0; round < 4; round += 1) {
    await progress(load);
    const { id } = await cluster.leader();
    await cluster.stop(id);
    await progress(load);
    await cluster.restart(id);
  }
  await load.stop();
  await expectOnce(client, load);
});

it(
  '[6.3] an append that was acknowledged stands once, though leaders are killed in the middle of it',
  bounds,
  async () => {
    const threads = await NodeThreads.create(3);
    closers.push(() => threads.close());
    const nodes = await threads.launchAll();
    const client = await connect(threads);
    const load = new ClientLoad(client, 50);
    for (let round = 0; round < 4; round += 1) {
      await progress(load);
      const id = await until(() => client.status().leader?.id, 'a leader whom the client knows');
      await nodes[id]?.kill();
      await progress(load);
      nodes[id] = threads.launch(id);
      await nodes[id].ready();
    }
    await load.stop();
    await expectOnce(client, load);
  },
);
