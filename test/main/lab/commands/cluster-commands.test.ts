/** Starting and stopping real clusters. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, RealLabs, textsOf, valueOf } from '../../../support/real-lab.ts';
import { testBasePort } from '../../../support/ports.ts';
import { travelTimesMs } from '../../../support/travel-times.ts';
import { until } from '../../../support/until.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

/** Threads and disks of a busy machine take their time; only a test that would hang gets this far. */
const bounds = { timeout: 60_000 };

describe('a cluster', bounds, () => {
  it('keeps its log and its identity from one start to the next, and leaves both alone when a fresh one is asked for', async () => {
    const real = await labs.start(3);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node: 0, entries: ['kept'] }));
    const { clusterId, folder } = real.lab.snapshot().view;
    valueOf(await real.lab.execute({ type: 'stop-cluster' }));
    expect(real.lab.snapshot().view.status).toBe('stopped');
    expect(real.lab.snapshot().view.nodes.map((node) => node.status)).toEqual(['stopped', 'stopped', 'stopped']);

    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
    expect(real.lab.snapshot().view).toMatchObject({ status: 'running', clusterId, folder });
    const kept = valueOf(await real.lab.execute({ type: 'index-range', node: 2, startIndex: 1, endIndex: 9 }));
    expect(textsOf(kept)).toEqual(['kept']);

    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3, fresh: true }));
    const fresh = valueOf(await real.lab.execute({ type: 'index-range', node: 2, startIndex: 1, endIndex: 9 }));
    expect(fresh.entries).toEqual([]);
    expect(real.lab.snapshot().view.folder).toBe(`${folder}.2`);
  });

  it('keeps the running cluster when the folder of another one cannot be used', async () => {
    const real = await labs.start(1);
    writeFileSync(join(real.folder, 'cluster-2'), 'in the way');
    const failure = failureOf(await real.lab.execute({ type: 'start-cluster', nodes: 2 }));
    expect(failure.code).toBe('unusable');
    expect(failure.message).toContain(real.folder);
    expect(real.lab.snapshot().view.nodes).toMatchObject([{ status: 'running' }]);
  });

  it('refuses a second lab on the same logs, and the first goes on', async () => {
    const first = await labs.start(1);
    await first.leader();
    const second = labs.make({ folder: first.folder, basePort: testBasePort() });
    const failure = failureOf(await second.lab.execute({ type: 'start-cluster', nodes: 1 }));
    expect(failure.code).toBe('unusable');
    expect(second.lab.snapshot().view.status).toBe('stopped');
    valueOf(await first.lab.execute({ type: 'append', node: 0, entries: ['still here'] }));
  });

  it('runs without a node whose log is damaged, and says why', async () => {
    const real = await labs.start(3);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node: 0, entries: ['x'] }));
    const { folder } = real.lab.snapshot().view;
    valueOf(await real.lab.execute({ type: 'stop-cluster' }));
    writeFileSync(join(folder, 'node-1', 'identity'), 'no longer what it was');
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3 }));
    await real.leader();
    expect(real.lab.snapshot().view.nodes[1]).toMatchObject({ status: 'failed' });
    expect(real.lab.snapshot().view.nodes[1]?.statusReason).not.toBe('');
    valueOf(await real.lab.execute({ type: 'append', node: 2, entries: ['y'] }));
  });

  it('begins with some of its nodes as voters, with rules off, and takes snapshots as often as it is told', async () => {
    const real = labs.make();
    valueOf(
      await real.lab.execute({
        type: 'start-cluster',
        nodes: 3,
        voters: 2,
        rulesOff: ['pre-vote'],
        snapshotEveryEntries: 4,
        seed: 3,
      }),
    );
    const leader = await real.leader();
    const { nodes } = real.lab.snapshot().view;
    expect(nodes.map(({ rulesOff }) => rulesOff)).toEqual([['pre-vote'], ['pre-vote'], ['pre-vote']]);
    const voters = nodes[leader]?.configuration?.configuration.voters ?? [];
    // Each with the folder that it has: one that loses it is another server.
    expect(voters).toEqual([0, 1].map((id) => ({ id, storage: nodes[id]?.storage })));
    valueOf(await real.lab.execute({ type: 'set-retention', retainEntries: 1 }));
    for (let entry = 0; entry < 12; entry += 1)
      valueOf(await real.lab.execute({ type: 'append', node: leader, entries: [`${entry}`] }));
    await expect.poll(() => real.eventsOf('snapshot-saved').length).toBeGreaterThan(0);
    const tooMany = await real.lab.execute({ type: 'start-cluster', nodes: 3, voters: 4 });
    expect(failureOf(tooMany).message).toBe("Of 3 nodes, 4 can't be voters. Ask for more nodes.");
  });
});

describe('a network that takes its time', bounds, () => {
  it('is no fault: it stays when everything is healed, and for a node that starts again', async () => {
    const real = labs.make();
    const networkDelay = { minMs: 30, maxMs: 40 };
    const timings = { electionTimeoutMinMs: 400, electionTimeoutMaxMs: 800, heartbeatIntervalMs: 100 };
    valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 3, timings, networkDelay }));
    expect(real.lab.snapshot().view).toMatchObject({ networkDelay, faults: [], cutLinks: [] });
    const leader = await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node: leader, entries: ['slowly'] }));
    expect(valueOf(await real.lab.execute({ type: 'heal-all' }))).toEqual({ healed: 0 });
    const follower = (leader + 1) % 3;
    valueOf(await real.lab.execute({ type: 'crash-node', node: follower }));
    valueOf(await real.lab.execute({ type: 'start-node', node: follower }));
    const restarted = real.events.length;
    const since = (): number[] => travelTimesMs(real.events.slice(restarted), follower);
    await until(() => since().length >= 3, 'datagrams to the node that started again');
    expect(Math.min(...travelTimesMs(real.events), ...since())).toBeGreaterThanOrEqual(30);
  });
});
