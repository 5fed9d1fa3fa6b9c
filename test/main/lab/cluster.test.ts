/** One cluster as its nodes come and go. */
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, RealLabs, textsOf, valueOf } from '../../support/real-lab.ts';
import { TakenPorts } from '../../support/taken-ports.ts';

const labs = new RealLabs();
const ports = new TakenPorts();

afterEach(async () => {
  await labs.closeAll();
  ports.releaseAll();
});

describe('a running cluster', () => {
  it('restarts a node on another port when its own was taken meanwhile; the others find it', async () => {
    const real = await labs.start(3);
    const leaderId = await real.leader();
    const node = (leaderId + 1) % 3;
    const port = real.lab.snapshot().view.nodes[node]?.address.port ?? 0;
    valueOf(await real.lab.execute({ type: 'stop-node', node }));
    await ports.take(port);
    valueOf(await real.lab.execute({ type: 'append', node: leaderId, entries: ['meanwhile'] }));
    valueOf(await real.lab.execute({ type: 'start-node', node }));
    const got = real.lab.snapshot().view.nodes[node]?.address.port;
    expect(got).not.toBe(port);
    expect(real.eventsOf('ports-moved')).toMatchObject([{ wanted: port, got }]);
    const range = valueOf(await real.lab.execute({ type: 'index-range', node, startIndex: 1, endIndex: 9 }));
    expect(textsOf(range)).toEqual(['meanwhile']);
  });

  it('starts a node that is just stopping when it has stopped, and once', async () => {
    const real = await labs.start(3);
    const results = await Promise.all([
      real.lab.execute({ type: 'stop-node', node: 1 }),
      real.lab.execute({ type: 'start-node', node: 1 }),
      real.lab.execute({ type: 'start-node', node: 1 }),
    ]);
    expect(results.map((result) => (result.ok ? 'done' : result.failure.message))).toEqual([
      'done',
      'done',
      'Node 1 is already starting.',
    ]);
    expect(real.lab.snapshot().view.nodes[1]).toMatchObject({ status: 'running', boot: 2 });
  });

  it('launches nothing any more once it is being stopped', async () => {
    const real = await labs.start(3);
    valueOf(await real.lab.execute({ type: 'crash-node', node: 0 }));
    const [stopped, started] = await Promise.all([
      real.lab.execute({ type: 'stop-cluster' }),
      real.lab.execute({ type: 'crash-node', node: 1 }).then(() => real.lab.execute({ type: 'start-node', node: 0 })),
    ]);
    valueOf(stopped);
    expect(failureOf(started).code).toBe('not-running');
    expect(real.eventsOf('node-launched')).toHaveLength(3);
    expect(real.eventsOf('cluster-stopped')).toHaveLength(1);
  });
});
