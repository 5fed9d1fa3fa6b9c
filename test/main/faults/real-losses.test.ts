/**
 * Rules that lose, damage and double datagrams, on real sockets: counted by what the receiver's handler gets. Seeds are
 * fixed, and what chance does with them is the same each time.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { createLinkFaults } from '../../../main/faults/link-faults.ts';
import { until } from '../../support/until.ts';
import { closeNodes, startNodes } from '../net/udp-rig.ts';
import { closeLinks, link, openLink, type RealLink } from './real-link.ts';

afterEach(closeLinks);

/** How often each round from 1 on came. */
function timesCome({ arrivals, sentMs }: RealLink): number[] {
  const times = Array<number>(sentMs.size).fill(0);
  for (const { round } of arrivals) times[round - 1] = (times[round - 1] ?? 0) + 1;
  return times;
}

/** The lengths of the runs of rounds that did not come. */
function gapsOf(times: readonly number[]): number[] {
  return [
    ...times
      .map((count) => (count === 0 ? 'x' : ' '))
      .join('')
      .matchAll(/x+/g),
  ].map(([gap]) => gap.length);
}

describe('a rule on a real link', () => {
  it('loses 30 % of 10,000 datagrams where it says 30 %, and tells of each', async () => {
    const lossy = await openLink({ kind: 'drop', percent: 30 }, 1);
    await lossy.send(1, 10_000);
    const lost = timesCome(lossy).filter((times) => times === 0).length;
    expect(lost).toBeGreaterThanOrEqual(2_700);
    expect(lost).toBeLessThanOrEqual(3_300);
    expect(lossy.arrivals).toHaveLength(10_000 - lost);
    expect(lossy.receiver.eventsOf('datagram-dropped')).toHaveLength(lost);
    // Losses that know nothing of each other: a gap of n datagrams goes on with 30 %, so it has 1 / 0.7 on average.
    const gaps = gapsOf(timesCome(lossy));
    expect(Math.abs(lost / gaps.length - 1 / 0.7)).toBeLessThan(0.1);
  });

  it('loses datagrams in bursts as long as it says', async () => {
    const bursty = await openLink({ kind: 'burst', enterPercent: 5, leavePercent: 25 }, 2);
    await bursty.send(1, 10_000);
    const gaps = gapsOf(timesCome(bursty));
    const lost = 10_000 - bursty.arrivals.length;
    // Four datagrams in a burst, 20 between bursts; two bursts that touch count as one.
    expect(lost / gaps.length).toBeGreaterThan(3.6);
    expect(lost / gaps.length).toBeLessThan(4.8);
    expect(lost / 10_000).toBeGreaterThan(0.14);
    expect(lost / 10_000).toBeLessThan(0.2);
    expect(Math.max(...gaps)).toBeGreaterThan(12);
  });

  it('doubles above the window: the handler is called twice', async () => {
    const doubling = await openLink({ kind: 'duplicate', percent: 40 }, 3);
    await doubling.send(1, 2_000);
    const times = timesCome(doubling);
    expect(new Set(times)).toEqual(new Set([1, 2]));
    const twice = times.filter((count) => count === 2).length;
    expect(Math.abs(twice / 2_000 - 0.4)).toBeLessThan(0.03);
    expect(doubling.receiver.eventsOf('datagram-faulted').map(({ act }) => act)).toEqual(
      Array<string>(twice).fill('duplicated'),
    );
    expect(doubling.receiver.eventsOf('datagram-refused')).toEqual([]);
  });

  it('damages what the authentication then refuses, and names itself each time', async () => {
    const harming = await openLink({ kind: 'corrupt', percent: 20 }, 4, 2_000);
    await harming.send(1, 2_000);
    const lost = 2_000 - harming.arrivals.length;
    expect(Math.abs(lost / 2_000 - 0.2)).toBeLessThan(0.03);
    const refused = harming.receiver.eventsOf('datagram-refused');
    expect(refused).toHaveLength(lost);
    // A bit of what stands before the tag's part may be among those that flip; that is refused even sooner.
    const byTag = refused.filter(({ why }) => why === 'unauthenticated').length;
    expect(byTag / lost).toBeGreaterThan(0.9);
    const faulted = harming.receiver.eventsOf('datagram-faulted');
    expect(faulted).toHaveLength(lost);
    for (const { act, faultRule } of faulted) expect([act, faultRule]).toEqual(['corrupted', harming.rule.id]);
    expect(Math.max(...timesCome(harming))).toBe(1);
  });

  it('cuts one direction of one link: everyone else still receives', async () => {
    const ids = [0, 1, 2];
    const faults = ids.map((id) => createLinkFaults(id));
    const nodes = await startNodes(3, (id) => ({ ...(faults[id] && { admit: faults[id].admit }) }));
    const sendEverywhere = (round: number): void => {
      for (const { id, transport } of nodes)
        for (const to of ids) if (to !== id) transport.send(to, { kind: 'timeout-now', term: 1, round });
    };
    sendEverywhere(1);
    await until(() => nodes.every(({ delivered }) => delivered.length === 2));
    for (const own of faults) own.setRules([{ id: 'cut 0→1', link, action: { kind: 'cut' } }]);
    for (let round = 2; round <= 51; round += 1) sendEverywhere(round);
    await until(() => nodes[1]?.eventsOf('datagram-dropped').length === 50);
    const counts = (): number[][] =>
      nodes.map(({ delivered }) => ids.map((id) => delivered.filter(({ from }) => from === id).length));
    const expected = [
      [0, 51, 51],
      [1, 0, 51],
      [51, 51, 0],
    ];
    await expect.poll(counts).toEqual(expected);
    await closeNodes(nodes);
  });
});
