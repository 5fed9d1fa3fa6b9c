import { expect, it, onTestFinished } from 'vitest';
import { loadOutside } from '../../../main/bench/load-outside.ts';
import { connectClient } from '../../../main/client/connect-client.ts';
import { readAll } from '../../support/client-load.ts';
import { RealCluster } from '../../support/node-cluster.ts';

it('commits an entry for each request of a client on the wire', async () => {
  const cluster = await RealCluster.start(3);
  onTestFinished(() => cluster.close());
  await cluster.leader();
  const { addresses: servers, clusterId, key } = cluster;
  const outstanding = 8;
  const load = { outstanding, payloadBytes: 5, warmMs: 0, measuredMs: 1_000 };
  const { commits, failures, p50Ms, p99Ms } = await loadOutside(cluster, load);
  expect(failures).toBe(0);
  expect(commits).toBeGreaterThan(0);
  expect(p50Ms).toBeGreaterThan(0);
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);

  const client = await connectClient({ servers, clusterId, key, timeoutMs: 20_000 });
  onTestFinished(() => client.close());
  const texts = await readAll(client);
  expect(new Set(texts)).toEqual(new Set(['xxxxx']));
  // Those that were answered after the end are in the log, but not counted.
  expect(texts.length).toBeGreaterThanOrEqual(commits);
  expect(texts.length).toBeLessThanOrEqual(commits + outstanding);
});
