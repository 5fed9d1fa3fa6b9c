/** The client against real nodes: real UDP on 127.0.0.1, real disk, the real clock. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { connectClient, type ClientOptions, type RaftClient } from '../../../main/client/connect-client.ts';
import { readAll } from '../../support/client-load.ts';
import { RealCluster } from '../../support/node-cluster.ts';
import { until } from '../../support/until.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function startCluster(size = 3): Promise<RealCluster> {
  const cluster = await RealCluster.start(size);
  closers.push(() => cluster.close());
  return cluster;
}

async function connect(cluster: RealCluster, options: Partial<ClientOptions> = {}): Promise<RaftClient> {
  const { addresses: servers, clusterId, key } = cluster;
  const client = await connectClient({ servers, clusterId, key, timeoutMs: 20_000, ...options });
  closers.push(() => client.close());
  return client;
}

describe('each request', () => {
  it('is answered, through any server', async () => {
    const cluster = await startCluster();
    const leader = await cluster.leader();
    for (const [id, address] of cluster.addresses.entries()) {
      const client = await connect(cluster, { servers: [address] });
      expect(await client.append({ entries: [`through ${id}`, 'and another'] })).toMatchObject({ ok: true });
      expect(client.status().leader).toEqual({ id: leader.id, address: cluster.addresses[leader.id] });
      expect(await client.indexRange({ startIndex: 1, endIndex: 99, read: 'lease' })).toMatchObject({ ok: true });
      expect(await client.indexRange({ startIndex: 1, endIndex: 99, read: 'local' })).toMatchObject({ ok: true });
    }
    const client = await connect(cluster);
    expect(await readAll(client)).toEqual([0, 1, 2].flatMap((id) => [`through ${id}`, 'and another']));
    const conflict = await client.append({ entries: ['x'], expect: { prevLogIndex: 1, prevLogTerm: 1 } });
    expect(conflict).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect(await client.setRetention({ retainEntries: 1_000 })).toMatchObject({ ok: true });
    expect(await client.openSession()).toMatchObject({ ok: true });
    const to = (leader.id + 1) % 3;
    expect(await client.transferLeadership({ to })).toMatchObject({ ok: true });
    expect(await client.append({ entries: ['after the transfer'] })).toMatchObject({ ok: true });
    expect(await until(() => client.status().leader?.id === to)).toBe(true);
  });

  it('may be as large as a request can be, both ways', async () => {
    const cluster = await startCluster();
    const client = await connect(cluster);
    const large = Array.from({ length: 3 }, () => randomBytes(500_000).toString('hex'));
    for (const text of large) expect(await client.append({ entries: [text] })).toMatchObject({ ok: true });
    expect(await readAll(client)).toEqual(large);
  });
});

it('takes thousands of requests in one turn', async () => {
  const cluster = await startCluster();
  const client = await connect(cluster);
  await client.append({ entries: ['first'] });
  const reads = Array.from({ length: 3_000 }, () => client.indexRange({ startIndex: 1, endIndex: 9, read: 'local' }));
  const appends = Array.from({ length: 3_000 }, (_, place) => client.append({ entries: [`${place}`] }));
  expect((await Promise.all(reads)).every(({ ok }) => ok)).toBe(true);
  expect((await Promise.all(appends)).every(({ ok }) => ok)).toBe(true);
  expect(new Set(await readAll(client)).size).toBe(3_001);
});

describe('nobody to talk to', () => {
  it('says so, with a key that is not the one of the cluster', async () => {
    const cluster = await startCluster();
    await cluster.leader();
    const client = await connect(cluster, { key: randomBytes(32), timeoutMs: 300 });
    const result = await client.append({ entries: ['x'] });
    expect(result).toMatchObject({ ok: false, failure: { code: 'not-running' } });
    expect(result.ok || result.failure.message).toMatch(/^Nobody answered at 127\.0\.0\.1:\d+.*key/);
    const foreign = await connect(cluster, { clusterId: randomUUID(), timeoutMs: 300 });
    expect(await foreign.append({ entries: ['x'] })).toMatchObject({ ok: false, failure: { code: 'not-running' } });
  });
});
