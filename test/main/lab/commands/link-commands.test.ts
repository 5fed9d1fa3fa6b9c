/** Cutting and healing links between real nodes. */
import { afterEach, describe, expect, it } from 'vitest';
import { failureOf, RealLabs, textsOf, valueOf } from '../../../support/real-lab.ts';

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

  it('that is cut one way keeps the other way: who still receives says so', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    const deaf = (leader + 1) % 3;
    const received = (to: number, from: number): number =>
      real.eventsOf('datagram-received').filter((event) => event.node === to && event.from === from).length;
    valueOf(await real.lab.execute({ type: 'cut-link', link: { from: leader, to: deaf } }));
    // What it sends stands before the cut's first drop, or is dropped.
    const dropped = (): number => real.eventsOf('datagram-dropped').filter(({ node }) => node === deaf).length;
    await expect.poll(dropped).toBeGreaterThan(0);
    const [there, back] = [received(deaf, leader), received(leader, deaf)];
    // It hears no leader, asks for votes, and the leader hears that.
    await expect.poll(() => received(leader, deaf)).toBeGreaterThan(back + 3);
    expect(received(deaf, leader)).toBe(there);
    expect(new Set(real.eventsOf('datagram-dropped').map(({ node, faultRule }) => `${node}: ${faultRule}`))).toEqual(
      new Set([`${deaf}: cut ${leader}→${deaf}`]),
    );
  });

  it('that leads out of a group is cut with all others that do', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    const others = [0, 1, 2].filter((id) => id !== leader);
    valueOf(await real.lab.execute({ type: 'partition', groups: [[leader], others] }));
    expect(real.lab.snapshot().view.cutLinks).toHaveLength(4);
    expect(others).toContain(await real.leader(leader));
    const stranger = await real.lab.execute({ type: 'partition', groups: [[0, 9]] });
    expect(failureOf(stranger)).toMatchObject({ code: 'invalid' });
    valueOf(await real.lab.execute({ type: 'partition', groups: [[0, 1, 2]] }));
    expect(real.lab.snapshot().view.cutLinks).toEqual([]);
  });

  it('takes other faults, and lets go of them by their name', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    const link = { from: leader, to: (leader + 1) % 3 };
    const rule = { id: 'all gone', link, action: { kind: 'drop', percent: 100 } } as const;
    valueOf(await real.lab.execute({ type: 'set-fault', rule }));
    await expect.poll(() => real.eventsOf('datagram-dropped').map(({ faultRule }) => faultRule)).toContain('all gone');
    valueOf(await real.lab.execute({ type: 'clear-fault', faultRule: 'all gone' }));
    expect(real.lab.snapshot().view.faults).toEqual([]);
    expect(failureOf(await real.lab.execute({ type: 'clear-fault', faultRule: 'all gone' })).message).toContain(
      'There is no fault "all gone"',
    );
    expect(
      failureOf(await real.lab.execute({ type: 'set-fault', rule: { ...rule, link: { from: 1, to: 1 } } })),
    ).toMatchObject({
      code: 'invalid',
    });
  });
});
