import { afterEach, expect, it } from 'vitest';
import { RealLabs, valueOf } from '../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

it('gives a node that starts again every fault but a pause, and heals all at once', async () => {
  const real = await labs.start(3);
  const act = async (command: Parameters<typeof real.lab.execute>[0]): Promise<unknown> =>
    valueOf(await real.lab.execute(command));
  const link = { from: 0, to: 2 };
  const rule = { id: 'late', link, action: { kind: 'delay', minMs: 1, maxMs: 2, distribution: 'uniform' } } as const;
  if ((await real.leader()) !== 0) await act({ type: 'transfer-leadership', to: 0 });
  await expect.poll(() => real.leader()).toBe(0);
  await act({ type: 'cut-link', link: { from: 1, to: 2 } });
  await act({ type: 'set-fault', rule });
  await act({ type: 'set-disk', node: 2, disk: { kind: 'slow', minMs: 1, maxMs: 2, distribution: 'uniform' } });
  await act({ type: 'set-clock-rate', node: 2, partsPerMillion: 10_000 });
  await act({ type: 'pause-node', node: 2 });
  await act({ type: 'crash-node', node: 2 });
  await act({ type: 'start-node', node: 2 });
  const { nodes, faults, cutLinks } = real.lab.snapshot().view;
  expect(nodes[2]?.faults.map(({ faultRule }) => faultRule)).toEqual(['slow-disk 2', 'clock 2']);
  expect([faults.map(({ faultRule }) => faultRule), cutLinks]).toEqual([['late'], [{ from: 1, to: 2 }]]);
  // They act in the new life, on what the leader sends.
  await act({ type: 'append', node: 0, entries: ['x'] });
  const acting = (): string[] =>
    [...real.eventsOf('datagram-faulted'), ...real.eventsOf('node-fault-acted')]
      .filter(({ node, boot }) => node === 2 && boot === 2)
      .map(({ faultRule }) => faultRule);
  await expect.poll(acting).toEqual(expect.arrayContaining(['late', 'slow-disk 2']));
  expect(await act({ type: 'heal-all' })).toEqual({ healed: 4 });
  expect(real.lab.snapshot().view).toMatchObject({ faults: [], cutLinks: [] });
});
