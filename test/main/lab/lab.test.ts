/** The lab as a whole. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../../../shared/command.ts';
import { EventStream } from '../../../main/lab/event-stream.ts';
import { LabClock } from '../../../main/lab/lab-clock.ts';
import { compareEvents, type LabEvent } from '../../../shared/event.ts';
import { failureOf, RealLabs, valueOf } from '../../support/real-lab.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

/** How often each node had been launched when it reported an event, less the life that reported it: never below 0. */
function launchLeads(events: readonly LabEvent[]): number[] {
  const launches = new Map<number, number>();
  return events.flatMap((event) => {
    if (event.type === 'node-launched') launches.set(event.target, (launches.get(event.target) ?? 0) + 1);
    return event.node >= 0 ? [(launches.get(event.node) ?? 0) - event.boot] : [];
  });
}

/** The datagrams that were received, each with where its send stands: -1 when a killed thread took that with it. */
function receives(events: readonly LabEvent[]): { readonly received: number; readonly sent: number }[] {
  const sends = new Map<string, number>();
  for (const [place, event] of events.entries()) {
    if (event.type === 'datagram-sent') sends.set(`${event.node}/${event.boot}/${event.to}/${event.datagram}`, place);
  }
  return [...events.entries()].flatMap(([received, event]) => {
    if (event.type !== 'datagram-received') return [];
    return [{ received, sent: sends.get(`${event.from}/${event.fromBoot}/${event.node}/${event.datagram}`) ?? -1 }];
  });
}

/** Events whose number is not one above that of their source's last. */
function breaks(events: readonly LabEvent[]): LabEvent[] {
  const sequences = new Map<string, number>();
  return events.filter(({ node, boot, sequence }) => {
    const before = sequences.get(`${node}/${boot}`) ?? 0;
    sequences.set(`${node}/${boot}`, sequence);
    return sequence !== before + 1;
  });
}

describe('the lab', () => {
  it('puts every receive behind its send and every act before its effects', async () => {
    // Threads of a busy machine may stall for longer than the stream waits by default.
    const real = await labs.start(3, {}, new EventStream(new LabClock(), 60_000));
    const leaderId = await real.leader();
    for (let turn = 0; turn < 5; turn += 1)
      valueOf(await real.lab.execute({ type: 'append', node: turn % 3, entries: ['x'] }));
    valueOf(await real.lab.execute({ type: 'crash-node', node: leaderId }));
    valueOf(await real.lab.execute({ type: 'start-node', node: leaderId }));
    await real.leader();
    await real.lab.close();
    expect(real.events).toEqual(real.events.toSorted(compareEvents));
    const pairs = receives(real.events);
    expect(pairs.length).toBeGreaterThan(10);
    expect(pairs.filter(({ received, sent }) => received < sent)).toEqual([]);
    expect(Math.min(...launchLeads(real.events))).toBe(0);
    expect(breaks(real.events)).toEqual([]);
  });

  it('needs a cluster for most commands', async () => {
    const real = labs.make();
    const commands: Command[] = [
      { type: 'stop-cluster' },
      { type: 'start-node', node: 0 },
      { type: 'crash-node', node: 0 },
      { type: 'heal-all' },
      { type: 'append', node: 0, entries: ['x'] },
    ];
    for (const command of commands) expect(failureOf(await real.lab.execute(command)).code).toBe('not-running');
    expect(real.eventsOf('command-refused').map((event) => event.command)).toEqual([
      'stop-cluster',
      'start-node 0',
      'crash-node 0',
      'heal-all',
      'append at node 0',
    ]);
  });

  it('shows what was done to the bench by the time it answers', async () => {
    const real = await labs.start(3);
    const { lab } = real;
    expect(lab.snapshot().view.nodes.map((node) => node.status)).toEqual(['running', 'running', 'running']);
    valueOf(await lab.execute({ type: 'crash-node', node: 2 }));
    expect(lab.snapshot().view.nodes[2]).toMatchObject({ status: 'crashed', statusReason: 'Its thread was killed.' });
    valueOf(await lab.execute({ type: 'cut-link', link: { from: 0, to: 1 } }));
    expect(lab.snapshot().view.cutLinks).toEqual([{ from: 0, to: 1 }]);
  });

  it('outlives an error of its own', async () => {
    const real = labs.make({ findPortBlock: () => Promise.reject(new Error('boom')) });
    const failure = failureOf(await real.lab.execute({ type: 'start-cluster', nodes: 1 }));
    expect(failure).toEqual({ code: 'internal', message: 'start-cluster went wrong: boom. Please report this.' });
    expect(failureOf(await real.lab.execute({ type: 'stop-cluster' })).code).toBe('not-running');
  });

  it('closes in the middle of a start', async () => {
    const real = labs.make();
    const started = real.lab.execute({ type: 'start-cluster', nodes: 3 });
    await real.lab.close();
    await started;
    expect(real.lab.snapshot().view.status).not.toBe('running');
    expect(failureOf(await real.lab.execute({ type: 'start-cluster', nodes: 1 })).code).toBe('not-running');
  });
});
