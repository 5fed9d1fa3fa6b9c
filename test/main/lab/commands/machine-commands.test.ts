/** What is done to real nodes: seen from outside the fault layer, by what they send, what stands on their disks, and what clients get. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventOf, LabEvent, NodeFault } from '../../../../shared/event.ts';
import type { NodeId } from '../../../../shared/ids.ts';
import { nodeOf } from '../../../../shared/projection/cluster-view.ts';
import { failureOf, RealLabs, textsOf, valueOf, type RealLab } from '../../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

function faultsOf(real: RealLab, id: NodeId): readonly NodeFault[] {
  return nodeOf(real.lab.snapshot().view, id)?.faults.map(({ fault }) => fault) ?? [];
}

function eventsFrom(real: RealLab, id: NodeId): LabEvent[] {
  return real.events.filter(({ node }) => node === id);
}

/** Datagrams of `from` that others received. */
function arrivedFrom(real: RealLab, from: NodeId): number {
  return real.eventsOf('datagram-received').filter((event) => event.from === from).length;
}

describe('a pause', () => {
  it('silences a leader; another one is elected, and what came meanwhile is read when it goes on', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    valueOf(await real.lab.execute({ type: 'pause-node', node: leader }));
    expect(faultsOf(real, leader)).toEqual(['pause']);
    const [told, arrived] = [eventsFrom(real, leader).length, arrivedFrom(real, leader)];
    const next = await real.leader(leader);
    valueOf(await real.lab.execute({ type: 'append', node: next, entries: ['without'] }));
    expect(eventsFrom(real, leader)).toHaveLength(told);
    // What it had sent before may still have been on its way.
    const late = arrivedFrom(real, leader) - arrived;
    expect(late).toBeLessThan(10);
    valueOf(await real.lab.execute({ type: 'append', node: next, entries: ['still without'] }));
    expect(arrivedFrom(real, leader) - arrived).toBe(late);

    valueOf(await real.lab.execute({ type: 'resume-node', node: leader }));
    expect(faultsOf(real, leader)).toEqual([]);
    const local = { type: 'index-range', node: leader, startIndex: 1, endIndex: 99, read: 'local' } as const;
    await expect
      .poll(async () => textsOf(valueOf(await real.lab.execute(local))))
      .toEqual(['without', 'still without']);
    // The first that it reads was sent while it stood still, and the event says how it stands in the order.
    const resumed = real.events.findIndex((event) => event.type === 'node-fault' && event.fault === 'resume');
    const first = real.events.findIndex(
      ({ type, node }, at) => at > resumed && node === leader && type === 'datagram-received',
    );
    expect(first).toBeGreaterThan(resumed);
  });

  it('changes nothing twice, and lets a node be stopped, crashed and started again', async () => {
    const real = await labs.start(1);
    const act = async (
      type: 'pause-node' | 'resume-node' | 'stop-node' | 'crash-node' | 'start-node',
    ): Promise<void> => {
      valueOf(await real.lab.execute({ type, node: 0 }));
    };
    await act('resume-node');
    await act('pause-node');
    await act('pause-node');
    await act('stop-node');
    expect(real.eventsOf('node-fault').map(({ fault }) => fault)).toEqual(['pause', 'resume']);
    expect(real.eventsOf('node-ended')).toMatchObject([{ cause: 'stopped' }]);
    expect(failureOf(await real.lab.execute({ type: 'pause-node', node: 0 }))).toMatchObject({ code: 'not-running' });
    await act('start-node');
    await act('pause-node');
    await act('crash-node');
    expect(real.eventsOf('node-ended').at(-1)).toMatchObject({ cause: 'crashed' });
    expect(faultsOf(real, 0)).toEqual([]);
    await act('start-node');
    await real.leader();
  });

  it('leaves a request to it unanswered until it goes on', async () => {
    const real = await labs.start(1);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'pause-node', node: 0 }));
    const asked = real.lab.execute({ type: 'append', node: 0, entries: ['patient'] });
    expect(valueOf(await real.lab.execute({ type: 'heal-all' }))).toEqual({ healed: 1 });
    expect(valueOf(await asked)).toMatchObject({ kind: 'append' });
  });
});

describe('a disk', () => {
  it('that is slow takes longer for each flush, also after a restart, until it is healed', async () => {
    const real = await labs.start(1);
    await real.leader();
    const disk = { kind: 'slow', minMs: 40, maxMs: 60, distribution: 'uniform' } as const;
    valueOf(await real.lab.execute({ type: 'set-disk', node: 0, disk }));
    valueOf(await real.lab.execute({ type: 'set-disk', node: 0, disk }));
    expect(real.eventsOf('node-fault')).toHaveLength(1);
    const append = async (): Promise<number> => {
      const { lastIndex } = valueOf(await real.lab.execute({ type: 'append', node: 0, entries: ['slow'] }));
      const flush = real.eventsOf('entries-persisted').find((event) => event.lastIndex >= lastIndex);
      return flush?.flushNs ?? 0;
    };
    expect(await append()).toBeGreaterThanOrEqual(40_000_000);
    expect(real.eventsOf('node-fault-acted')[0]).toMatchObject({
      node: 0,
      target: 0,
      faultRule: 'slow-disk 0',
      act: 'flush-delayed',
    });

    valueOf(await real.lab.execute({ type: 'stop-node', node: 0 }));
    valueOf(await real.lab.execute({ type: 'start-node', node: 0 }));
    await real.leader();
    expect(await append()).toBeGreaterThanOrEqual(40_000_000);
    expect(faultsOf(real, 0)).toEqual(['slow-disk']);

    expect(valueOf(await real.lab.execute({ type: 'heal-all' }))).toEqual({ healed: 1 });
    expect(faultsOf(real, 0)).toEqual([]);
    const acted = real.eventsOf('node-fault-acted').length;
    await append();
    expect(real.eventsOf('node-fault-acted')).toHaveLength(acted);
  });

  it('that is full acknowledges nothing more, and says why', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    valueOf(await real.lab.execute({ type: 'append', node: leader, entries: ['fits'] }));
    valueOf(await real.lab.execute({ type: 'set-disk', node: leader, disk: { kind: 'full', freeBytes: 0 } }));
    const refused = failureOf(await real.lab.execute({ type: 'append', node: leader, entries: ['too much'] }));
    expect(refused).toMatchObject({ code: 'timed-out' });
    const ended = (): EventOf<'node-ended'> | undefined =>
      real.eventsOf('node-ended').find(({ target }) => target === leader);
    await expect.poll(ended).toMatchObject({ cause: 'failed' });
    expect(ended()?.reason).toContain(`The disk is full and took nothing of a write (fault full-disk ${leader})`);
    const next = await real.leader(leader);
    const range = { type: 'index-range', node: next, startIndex: 1, endIndex: 99 } as const;
    expect(textsOf(valueOf(await real.lab.execute(range)))).toEqual(['fits']);
  });

  it.each(['flush', 'write'] as const)('that fails at a %s ends its node', async (at) => {
    const real = await labs.start(1);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'set-disk', node: 0, disk: { kind: 'failing', at } }));
    expect(failureOf(await real.lab.execute({ type: 'append', node: 0, entries: ['lost'] }))).toMatchObject({
      code: 'timed-out',
    });
    expect(real.eventsOf('disk-failed')).toHaveLength(1);
    await expect.poll(() => real.eventsOf('node-ended')).toMatchObject([{ cause: 'failed' }]);
  });

  it('that is stuck lets nothing commit until it is another one', async () => {
    const real = await labs.start(1);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'set-disk', node: 0, disk: { kind: 'stuck' } }));
    const asked = real.lab.execute({ type: 'append', node: 0, entries: ['waits'] });
    await expect.poll(() => real.eventsOf('node-fault-acted').map(({ act }) => act)).toContain('flush-stuck');
    valueOf(await real.lab.execute({ type: 'set-disk', node: 0, disk: { kind: 'sound' } }));
    expect(valueOf(await asked)).toMatchObject({ kind: 'append' });
    expect(real.eventsOf('node-fault').map(({ fault, faultRule }) => [fault, faultRule])).toEqual([
      ['stuck-disk', 'stuck-disk 0'],
      ['healed', 'stuck-disk 0'],
    ]);
  });
});

describe('a clock', () => {
  it('that is fast campaigns that much earlier', async () => {
    const timings = { electionTimeoutMinMs: 2_000, electionTimeoutMaxMs: 2_001, heartbeatIntervalMs: 200 };
    const real = await labs.start(3, { timings });
    const leader = await real.leader();
    const fast = (leader + 1) % 3;
    valueOf(await real.lab.execute({ type: 'set-clock-rate', node: fast, partsPerMillion: 3_000_000 }));
    const fastTimer = (): EventOf<'timer-set'> | undefined =>
      real.eventsOf('timer-set').findLast(({ node, timer }) => node === fast && timer === 'election');
    // Told on true time, so that a page counts down rightly.
    const waitMs = (): number => ((fastTimer()?.deadlineNs ?? 0) - (fastTimer()?.timeNs ?? 0)) / 1_000_000;
    await expect.poll(waitMs).toBeLessThan(501);
    expect(waitMs()).toBeGreaterThan(400);
    valueOf(await real.lab.execute({ type: 'stop-node', node: leader }));
    await real.leader(leader);
    // Four times as fast: half a second in the place of two. The other one still hears the leader when it asks.
    const stopped = real.eventsOf('node-ended')[0]?.timeNs ?? Infinity;
    const campaigns = real.eventsOf('pre-vote-started').filter(({ timeNs }) => timeNs > stopped);
    expect(campaigns[0]?.node).toBe(fast);
    valueOf(await real.lab.execute({ type: 'set-clock-rate', node: fast, partsPerMillion: 0 }));
    expect(faultsOf(real, fast)).toEqual([]);
  });

  it('that jumps ahead lets its node campaign at once', async () => {
    const timings = { electionTimeoutMinMs: 30_000, electionTimeoutMaxMs: 30_001, heartbeatIntervalMs: 500 };
    const real = await labs.start(1, { timings });
    valueOf(await real.lab.execute({ type: 'jump-clock', node: 0, byMs: 31_000 }));
    expect(await real.leader()).toBe(0);
    valueOf(await real.lab.execute({ type: 'stop-node', node: 0 }));
    expect(failureOf(await real.lab.execute({ type: 'jump-clock', node: 0, byMs: 1 }))).toMatchObject({
      code: 'not-running',
    });
  });
});

describe('a power cut', () => {
  it('ends a node that writes nothing, or stands still, as well; one that does not run has nothing to lose', async () => {
    const real = await labs.start(1);
    await real.leader();
    valueOf(await real.lab.execute({ type: 'cut-power', node: 0 }));
    expect(real.eventsOf('node-ended')).toMatchObject([{ cause: 'crashed' }]);
    expect(real.eventsOf('node-ended')[0]?.reason).toMatch(/^Its power is gone/);
    expect(failureOf(await real.lab.execute({ type: 'cut-power', node: 0 }))).toMatchObject({ code: 'not-running' });
    valueOf(await real.lab.execute({ type: 'start-node', node: 0 }));
    valueOf(await real.lab.execute({ type: 'pause-node', node: 0 }));
    valueOf(await real.lab.execute({ type: 'cut-power', node: 0 }));
    expect(real.eventsOf('node-ended')[1]).toMatchObject({ cause: 'crashed', reason: 'Its power is gone.' });
    expect(faultsOf(real, 0)).toEqual([]);
  });
});

describe('a wipe', () => {
  it('sets the folder aside; the server that comes back is another one, and counts when it is added', async () => {
    const real = await labs.start(3);
    const leader = await real.leader();
    const wiped = (leader + 1) % 3;
    valueOf(await real.lab.execute({ type: 'append', node: leader, entries: ['kept'] }));
    const folder = join(real.folder, 'cluster-3');
    const identity = readFileSync(join(folder, `node-${wiped}`, 'identity'));
    valueOf(await real.lab.execute({ type: 'wipe-node', node: wiped }));
    expect(readFileSync(join(folder, `node-${wiped}.wiped-1`, 'identity'))).toEqual(identity);
    expect(readdirSync(folder)).not.toContain(`node-${wiped}`);
    valueOf(await real.lab.execute({ type: 'start-node', node: wiped }));
    const starts = real.eventsOf('node-started').filter(({ node }) => node === wiped);
    expect(starts.map(({ boot }) => boot)).toEqual([1, 2]);
    expect(starts[0]?.storageId).not.toBe(starts[1]?.storageId);

    // Two of three are there that know something; the third is heard, but does not count.
    const other = 3 - leader - wiped;
    valueOf(await real.lab.execute({ type: 'pause-node', node: other }));
    const asked = real.lab.execute({ type: 'append', node: leader, entries: ['needs both'] });
    await expect
      .poll(() => real.eventsOf('role-changed').some(({ node, from }) => node === leader && from === 'leader'))
      .toBe(true);
    valueOf(await real.lab.execute({ type: 'resume-node', node: other }));
    await asked;
    await real.leader();
    const members = { type: 'change-membership' as const, voters: [0, 1, 2], learners: [] };
    valueOf(await real.lab.execute(members));
    const now = await real.leader();
    const configuration = nodeOf(real.lab.snapshot().view, now)?.configuration?.configuration;
    expect(configuration?.voters.find(({ id }) => id === wiped)?.storage).toBe(
      nodeOf(real.lab.snapshot().view, wiped)?.storage,
    );
    valueOf(await real.lab.execute({ type: 'wipe-node', node: wiped }));
    expect(readdirSync(folder)).toContain(`node-${wiped}.wiped-2`);
  });
});
