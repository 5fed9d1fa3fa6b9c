/** Whole servers on real sockets and disks under rules of every kind at once. */
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { drawDelayNs } from '../../../main/faults/delays.ts';
import { freshMemory } from '../../../main/faults/verdict.ts';
import { keyFromClusterId } from '../../../main/node/cluster-key.ts';
import { runNode } from '../../../main/node/run-node.ts';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { FaultAction, FaultRule } from '../../../shared/fault-rule.ts';
import { isOutcomeKnown } from '../../../shared/result.ts';
import { RealCluster } from '../../support/node-cluster.ts';
import { findFreePorts } from '../../support/ports.ts';
import { until } from '../../support/until.ts';
import { temporaryFolder } from '../disk/disk-fixture.ts';

const actions: readonly FaultAction[] = [
  { kind: 'drop', percent: 5 },
  { kind: 'burst', enterPercent: 1, leavePercent: 40 },
  { kind: 'delay', minMs: 0, maxMs: 20, distribution: 'pareto' },
  { kind: 'duplicate', percent: 20 },
  { kind: 'reorder', percent: 10, byMs: 15 },
  { kind: 'corrupt', percent: 5 },
  { kind: 'bandwidth', bytesPerSecond: 20_000_000 },
];

/** Each action on each link of three servers. */
const everywhere: FaultRule[] = [0, 1, 2].flatMap((from) =>
  [0, 1, 2].flatMap((to) =>
    actions.map((action) => ({ id: `${action.kind} ${from}→${to}`, link: { from, to }, action })),
  ),
);

it(
  'append truly under all of them, small entries and such that need several datagrams',
  { timeout: 60_000 },
  async () => {
    const cluster = await RealCluster.start(3);
    onTestFinished(async () => await cluster.close());
    await cluster.leader();
    const nodes = cluster.running;
    for (const { faults } of nodes) expect(faults.setRules(everywhere)).toMatchObject({ ok: true });
    const texts = Array.from({ length: 90 }, (_, at) => `${at} ${'x'.repeat(at % 30 === 0 ? 150_000 : 100)}`);
    const results = await Promise.all(
      texts.map(async (text, at) => await cluster.append(nodes[at % 3] ?? (await cluster.leader()), text)),
    );
    for (const { faults } of nodes) faults.setRules([]);

    const logged = await cluster.texts(await cluster.leader());
    const untrue = results.flatMap((result, at) => {
      const times = logged.filter((text) => text === texts[at]).length;
      const isUnknown = !result.ok && !isOutcomeKnown(result.failure);
      const allowed = isUnknown ? [0, 1] : [result.ok ? 1 : 0];
      return allowed.includes(times) ? [] : [{ at, times, result }];
    });
    expect(untrue).toEqual([]);
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(45);
    for (const node of nodes) expect(await cluster.texts(node)).toEqual(logged);

    // Events come in batches: that of a send may be about to.
    const events = (): LabEvent[] => nodes.flatMap((node) => node.events);
    await expect.poll(() => toldBeforeTheirSend(events())).toEqual([]);
    const acts = events().flatMap((event) => (event.type === 'datagram-faulted' ? [event.act] : []));
    expect(new Set(acts)).toEqual(new Set(['delayed', 'duplicated', 'reordered', 'corrupted']));
  },
);

/** What is told of a datagram at its receiver stands behind its send, however late it is: what does not. */
function toldBeforeTheirSend(events: readonly LabEvent[]): LabEvent[] {
  const sentAt = new Map<string, number>();
  for (const event of events)
    if (event.type === 'datagram-sent') sentAt.set(`${event.node}→${event.to} ${event.datagram}`, event.lamport);
  return events.filter((event) => {
    if (event.type !== 'datagram-received' && event.type !== 'datagram-faulted' && event.type !== 'datagram-dropped')
      return false;
    return event.lamport <= (sentAt.get(`${event.from}→${event.node} ${event.datagram}`) ?? Number.POSITIVE_INFINITY);
  });
}

it('draw what their seed says', async () => {
  const ports = await findFreePorts(2);
  const members = ports.map((port, id) => ({ id, address: { host: '127.0.0.1', port } }));
  const clusterId = randomUUID();
  const delay = { kind: 'delay', minMs: 1, maxMs: 9, distribution: 'uniform' } as const;
  // Questions and answers of who leads, and of who follows: both have many.
  const late = (from: number, to: number): FaultRule => ({
    id: `late ${from}→${to}`,
    link: { from, to },
    messageKinds: ['append-entries', 'append-entries-reply'],
    action: delay,
  });
  const rules = [late(0, 1), late(1, 0)];
  const events: LabEvent[] = [];
  for (const { id } of members) {
    const options = {
      id,
      members,
      folder: temporaryFolder(),
      clusterId,
      key: keyFromClusterId(clusterId),
      timings: paperTimings,
      seed: id,
      clockOriginNs: process.hrtime.bigint(),
      faultRules: rules,
      faultSeed: 11,
    };
    const node = await runNode(options, { events: (more) => events.push(...more), answer: () => {}, failed: () => {} });
    onTestFinished(() => node.stop());
  }
  const delaysOf = (id: string): number[] =>
    events.flatMap((event) => (event.type === 'datagram-faulted' && event.faultRule === id ? [event.delayNs] : []));
  await until(() => rules.every(({ id }) => delaysOf(id).length >= 5));
  for (const rule of rules) {
    const memory = freshMemory(rule, 11);
    const expected = Array.from({ length: 5 }, () => drawDelayNs(memory, delay));
    expect(delaysOf(rule.id).slice(0, 5)).toEqual(expected);
  }
});
