/** Cutting and healing links between real nodes. */
import { afterEach, describe, expect, it } from 'vitest';
import { RealLabs, textsOf, valueOf } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

describe('a link', () => {
  it('cuts and heals links, also for a node that restarts meanwhile', async () => {
    const real = await labs.start(3);
    const leaderId = await real.leader();
    const away = (leaderId + 1) % 3;
    for (const other of [0, 1, 2].filter((id) => id !== away)) {
      valueOf(await real.lab.execute({ type: 'cut-link', link: { from: other, to: away } }));
      valueOf(await real.lab.execute({ type: 'cut-link', link: { from: away, to: other } }));
    }
    valueOf(await real.lab.execute({ type: 'cut-link', link: { from: leaderId, to: away } }));
    expect(real.lab.snapshot().view.cutLinks).toHaveLength(4);
    valueOf(await real.lab.execute({ type: 'stop-node', node: away }));
    valueOf(await real.lab.execute({ type: 'start-node', node: away }));
    valueOf(await real.lab.execute({ type: 'append', node: leaderId, entries: ['without'] }));
    const local = { type: 'index-range', node: away, startIndex: 1, endIndex: 9, read: 'local' } as const;
    await expect
      .poll(() =>
        real.events.some((event) => event.node === away && event.boot === 2 && event.type === 'datagram-dropped'),
      )
      .toBe(true);
    expect(valueOf(await real.lab.execute(local)).entries).toEqual([]);

    valueOf(await real.lab.execute({ type: 'heal-link', link: { from: leaderId, to: away } }));
    expect(valueOf(await real.lab.execute({ type: 'heal-all' }))).toEqual({ healed: 3 });
    expect(real.lab.snapshot().view.cutLinks).toEqual([]);
    await expect.poll(async () => textsOf(valueOf(await real.lab.execute(local)))).toEqual(['without']);
  });
});
