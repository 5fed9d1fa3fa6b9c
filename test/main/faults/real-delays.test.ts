/**
 * Rules that make datagrams late, on real sockets: measured from send to handler, against what the rule says and not
 * against what its draws were. Never early is exact; how late depends on the machine, which is watched.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { DelayDistribution } from '../../../shared/fault-rule.ts';
import { until } from '../../support/until.ts';
import { closeLinks, openLink, type RealLink } from './real-link.ts';

afterEach(closeLinks);

/** From send to handler, ascending, ms. */
function measured({ arrivals, sentMs }: RealLink): number[] {
  return arrivals
    .map(({ round, atMs }) => atMs - (sentMs.get(round) ?? Number.NaN))
    .toSorted((left, right) => left - right);
}

/** Where a share of all draws lies, as a share of the range; cut off where the rule says that it is. */
const quantiles: Readonly<Record<DelayDistribution, (share: number) => number>> = {
  uniform: (share) => share,
  // Five means in the range.
  exponential: (share) => -0.2 * Math.log(1 - share * (1 - Math.exp(-5))),
  // Lomax of shape 1.2 and a scale of a fiftieth of the range.
  pareto: (share) => 0.02 * ((1 - share * (1 - 51 ** -1.2)) ** (-1 / 1.2) - 1),
};

const count = 1_000;
const minMs = 60;
const maxMs = 360;

/** Sends `count` datagrams, and waits until the handler had them all. */
async function sendAll(link: RealLink): Promise<void> {
  await link.send(1, count);
  await until(() => link.arrivals.length === count);
}

describe('a rule that makes datagrams of a real link late', () => {
  for (const distribution of ['uniform', 'exponential', 'pareto'] as const)
    it(`delays them as the ${distribution} distribution says`, async () => {
      const late = await openLink({ kind: 'delay', minMs, maxMs, distribution }, 5);
      await sendAll(late);
      const delaysMs = measured(late);
      expect(delaysMs[0]).toBeGreaterThanOrEqual(minMs);
      for (const share of [0.1, 0.25, 0.5, 0.75, 0.9]) {
        const isMs = delaysMs[Math.round(share * (count - 1))] ?? Number.NaN;
        const saidMs = minMs + quantiles[distribution](share) * (maxMs - minMs);
        // Of a thousand draws the quantiles lie within 5 % of the range.
        const chanceMs = 0.05 * (maxMs - minMs);
        expect(isMs, `${share} of all`).toBeGreaterThan(saidMs - chanceMs);
        expect(isMs, `${share} of all`).toBeLessThan(saidMs + chanceMs + 20 + 2 * late.lagMs());
      }
      // Jitter lets them overtake each other; each comes once, and none before the time that is told of it.
      expect(new Set(late.arrivals.map(({ round }) => round)).size).toBe(count);
      const arrivedMs = new Map(late.arrivals.map(({ round, atMs }) => [round, atMs]));
      const told = late.receiver.eventsOf('datagram-faulted');
      expect(told).toHaveLength(count);
      for (const { datagram, delayNs, act, faultRule } of told) {
        // The first datagram was that of round 0.
        const round = datagram - 1;
        expect([act, faultRule]).toEqual(['delayed', 'delay under test']);
        expect((arrivedMs.get(round) ?? 0) - (late.sentMs.get(round) ?? 0)).toBeGreaterThanOrEqual(delayNs / 1e6);
      }
    });

  it('keeps them in order where all are late by the same', async () => {
    const late = await openLink({ kind: 'delay', minMs, maxMs: minMs, distribution: 'uniform' }, 5);
    await sendAll(late);
    expect(late.arrivals.map(({ round }) => round)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  });

  it('lets those behind overtake the ones that it holds back', async () => {
    const byMs = 40;
    const reordering = await openLink({ kind: 'reorder', percent: 20, byMs }, 6);
    await reordering.send(1, count);
    // Passes at once, and overtakes what is still held.
    reordering.clear();
    await reordering.send(count + 1, count + 1);
    await until(() => reordering.arrivals.length === count + 1);
    let highest = 0;
    const overtaken: number[] = [];
    for (const { round, atMs } of reordering.arrivals) {
      if (round > highest) highest = round;
      else overtaken.push(atMs - (reordering.sentMs.get(round) ?? Number.NaN));
    }
    expect(Math.abs(overtaken.length / count - 0.2)).toBeLessThan(0.04);
    expect(Math.min(...overtaken)).toBeGreaterThanOrEqual(byMs);
  });

  it('lets no more bytes through than it says, in order', async () => {
    const bytesPerSecond = 300_000;
    const narrow = await openLink({ kind: 'bandwidth', bytesPerSecond }, 7, 1_000);
    await narrow.send(1, 100);
    await until(() => narrow.arrivals.length === 100);
    expect(narrow.arrivals.map(({ round }) => round)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    const firstMs = narrow.sentMs.get(1) ?? Number.NaN;
    const received = narrow.receiver.eventsOf('datagram-received').slice(1);
    let bytes = 0;
    for (const [place, { atMs }] of narrow.arrivals.entries()) {
      bytes += received[place]?.bytes ?? Number.NaN;
      expect(atMs - firstMs).toBeGreaterThanOrEqual((bytes / bytesPerSecond) * 1_000);
    }
    expect(bytes).toBeGreaterThan(100_000);
    const lastMs = (narrow.arrivals.at(-1)?.atMs ?? Number.NaN) - firstMs;
    expect(lastMs).toBeLessThan((bytes / bytesPerSecond) * 1_000 + 50 + 2 * narrow.lagMs());
  });

  it('drops what would queue too long', async () => {
    const bytesPerSecond = 10_000;
    const jammed = await openLink({ kind: 'bandwidth', bytesPerSecond }, 8, 1_000);
    await jammed.send(1, 60);
    const bytes = jammed.receiver.eventsOf('datagram-received')[0]?.bytes ?? Number.NaN;
    // What begins to leave before the queue is too long; while they were sent, some have left.
    const sendingMs = (jammed.sentMs.get(60) ?? Number.NaN) - (jammed.sentMs.get(1) ?? Number.NaN);
    const fewest = Math.floor((limits.faultQueueMsMax * bytesPerSecond) / 1_000 / bytes) + 1;
    const most = fewest + 1 + Math.ceil(((sendingMs + jammed.lagMs()) * bytesPerSecond) / 1_000 / bytes);
    const dropped = jammed.receiver.eventsOf('datagram-dropped');
    expect(60 - dropped.length).toBeGreaterThanOrEqual(fewest);
    expect(60 - dropped.length).toBeLessThanOrEqual(most);
    expect(dropped[0]?.faultRule).toBe('bandwidth under test');
    await until(() => jammed.arrivals.length === 60 - dropped.length);
    expect(measured(jammed).at(-1)).toBeGreaterThanOrEqual((fewest * bytes * 1_000) / bytesPerSecond - sendingMs);
  });
});
