/** Node hosts on the real network, disk and clock. */
import { afterEach, describe, expect, it } from 'vitest';
import { compareEvents } from '../../../shared/event.ts';
import { isolate, RealCluster } from '../../support/node-cluster.ts';
import { until } from '../../support/until.ts';

/** Threads and disks of a busy machine take their time; only a test that would hang gets this far. */
const bounds = { timeout: 60_000 };

const clusters: RealCluster[] = [];

async function start(size: number): Promise<RealCluster> {
  const cluster = await RealCluster.start(size);
  clusters.push(cluster);
  return cluster;
}

afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.close();
});

const ok = expect.objectContaining({ ok: true });

describe('three nodes', bounds, () => {
  it('elect a leader, append through each and read the same on each', async () => {
    const cluster = await start(3);
    await cluster.leader();
    for (const node of cluster.running) expect(await cluster.append(node, `through ${node.id}`)).toEqual(ok);
    for (const node of cluster.running) {
      expect(await cluster.texts(node)).toEqual(['through 0', 'through 1', 'through 2']);
    }
  });

  it('take many appends at once through all nodes: each is in the log once', async () => {
    const cluster = await start(3);
    await cluster.leader();
    const texts = Array.from({ length: 300 }, (_, count) => `entry ${count}`);
    const nodes = cluster.running;
    const results = await Promise.all(
      texts.map(async (text, count) => await cluster.append(nodes[count % 3] ?? (await cluster.leader()), text)),
    );
    expect(results.filter(({ ok: isOk }) => !isOk)).toEqual([]);
    expect((await cluster.texts(await cluster.leader())).toSorted()).toEqual(texts.toSorted());
  });

  it('elect another leader when the first one stops, and go on', async () => {
    const cluster = await start(3);
    const first = await cluster.leader();
    expect(await cluster.append(first, 'before')).toEqual(ok);
    await cluster.stop(first.id);
    const second = await cluster.leader();
    expect(second.state.term).toBeGreaterThan(first.state.term);
    expect(await cluster.append(second, 'after')).toEqual(ok);
    const back = await cluster.restart(first.id);
    expect(await cluster.texts(back)).toEqual(['before', 'after']);
  });

  it('keep everything that was answered when all stop and start again', async () => {
    const cluster = await start(3);
    await cluster.append(await cluster.leader(), 'a', 'b');
    for (const { id } of cluster.running) await cluster.stop(id);
    for (const id of [0, 1, 2]) await cluster.restart(id);
    for (const node of cluster.running) expect(await cluster.texts(node)).toEqual(['a', 'b']);
  });

  it('replace what a leader took alone, and say so to its client', async () => {
    const cluster = await start(3);
    const old = await cluster.leader();
    const others = cluster.running.filter((node) => node !== old);
    for (const node of cluster.running)
      node.faults.setRules(
        isolate(
          old.id,
          others.map(({ id }) => id),
        ),
      );
    const lost = cluster.ask(old, { kind: 'append', entries: [new TextEncoder().encode('lost')] }, 30_000);
    const next = await until(() => others.find(({ state }) => state.role.name === 'leader'), 'another leader');
    expect(await cluster.append(next, 'kept')).toEqual(ok);
    for (const node of cluster.running) node.faults.setRules([]);
    expect(await lost).toMatchObject({ failure: { code: 'leadership-lost' } });
    expect(await cluster.texts(old)).toEqual(['kept']);
  });
});

it('one node alone is a cluster', bounds, async () => {
  const cluster = await start(1);
  const leader = await cluster.leader();
  expect(await cluster.append(leader, 'foo')).toEqual(ok);
  expect(await cluster.texts(leader)).toEqual(['foo']);
});

it('no event of the stream stands before what caused it', bounds, async () => {
  const cluster = await start(3);
  const leader = await cluster.leader();
  await cluster.append(leader, 'foo');
  const nodes = cluster.running;
  for (const { id } of nodes) await cluster.stop(id);
  await until(() => nodes.every(({ events }) => events.at(-1)?.type === 'node-stopping'), 'the last events');
  const merged = nodes.flatMap(({ events }) => events).toSorted(compareEvents);
  const sent = new Set<string>();
  let received = 0;
  for (const event of merged) {
    if (event.type === 'datagram-sent') sent.add(`${event.node} ${event.to} ${event.datagram}`);
    if (event.type !== 'datagram-received') continue;
    received += 1;
    expect(sent).toContain(`${event.from} ${event.node} ${event.datagram}`);
  }
  expect(received).toBeGreaterThan(10);
  for (const { events } of nodes) expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1));
});
