/** Rates, mixes and figures, in virtual time. */
import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { WorkloadWorld } from '../../support/workload-world.ts';

it('keeps its rate over all clients, and says so each second', () => {
  const world = new WorkloadWorld();
  const workload = world.start({ clients: 5, requestsPerSecond: 200, mix: { localRead: 1 } });
  world.pass(5_000);
  expect(world.figures()).toHaveLength(5);
  for (const { spanNs, answered } of world.figures()) {
    expect(spanNs).toBe(1e9);
    expect(Math.abs(answered - 200)).toBeLessThanOrEqual(2);
  }
  const total = workload.stop('enough');
  expect(total.spanNs).toBe(5e9);
  expect(Math.abs(total.answered - 1_000)).toBeLessThanOrEqual(3);
  expect(Math.abs(total.p50Ns / 2_000_000 - 1)).toBeLessThan(0.05);
});

it('asks evenly: every client, every server', () => {
  const world = new WorkloadWorld();
  world.start({ clients: 4, requestsPerSecond: 1_000, mix: { localRead: 1 } });
  world.pass(1_200);
  for (const key of ['client', 'node'] as const) {
    const counts = new Map<number, number>();
    for (const ask of world.asked) counts.set(ask[key], (counts.get(ask[key]) ?? 0) + 1);
    expect(counts.size).toBe(key === 'client' ? 4 : 3);
    for (const count of counts.values()) expect(Math.abs((count * counts.size) / 1_200 - 1)).toBeLessThan(0.05);
  }
});

it('asks again as soon as it was answered where there is no rate, once per client at a time', () => {
  const world = new WorkloadWorld();
  const workload = world.start({ clients: 3, mix: { localRead: 1 } });
  world.pass(100);
  expect(world.asked.length).toBe(3 * 51);
  const open = new Map<number, number>();
  for (const { client, atNs } of world.asked) {
    expect(atNs).toBeGreaterThanOrEqual(open.get(client) ?? 0);
    open.set(client, atNs + world.latencyMs * 1_000_000);
  }
  expect(workload.stop('enough').answered).toBe(150);
});

it('asks no more than its clients can, and does not make up for it later', () => {
  const world = new WorkloadWorld();
  world.latencyMs = 100;
  world.start({ clients: 2, requestsPerSecond: 1_000, mix: { localRead: 1 } });
  world.pass(2_000);
  expect(world.asked.length).toBeLessThanOrEqual(2 * 21);
  const before = world.asked.length;
  world.latencyMs = 1;
  world.pass(1_000);
  expect(world.asked.length - before).toBeLessThanOrEqual(1_000 + 110);
});

it('mixes as it was asked to', () => {
  const world = new WorkloadWorld();
  world.start({ clients: 8, requestsPerSecond: 2_000, mix: { append: 5, linearizableRead: 3, leaseRead: 2 } });
  world.pass(3_000);
  const appends = world.requests('append').length;
  const reads = world.requests('index-range');
  expect(Math.abs(appends / (appends + reads.length) - 0.5)).toBeLessThan(0.05);
  const linearizable = reads.filter(({ read }) => read === 'linearizable').length;
  expect(Math.abs(linearizable / reads.length - 0.6)).toBeLessThan(0.05);
  expect(world.requests('append').some(({ expect: expectation }) => expectation)).toBe(false);
});

it('is the same again from the same seed, and another one from another', () => {
  const run = (seed: number): string => {
    const world = new WorkloadWorld();
    world.start({ clients: 3, requestsPerSecond: 500, mix: { append: 1, localRead: 1, conditionalAppend: 1 } }, seed);
    world.pass(500);
    return JSON.stringify(world.asked.map(({ request, ...ask }) => ({ ...ask, kind: request.kind })));
  };
  expect(run(1)).toBe(run(1));
  expect(run(1)).not.toBe(run(2));
});

it('stops for good: nobody asks, nothing waits, and the total stays', () => {
  const world = new WorkloadWorld();
  const workload = world.start({ clients: 4, requestsPerSecond: 1_000 });
  world.pass(1_500);
  const total = workload.stop('enough');
  expect(world.told.at(-1)).toEqual({ type: 'workload-stopped', reason: 'enough', figures: total });
  expect(world.figures().reduce((sum, { answered }) => sum + answered, 0)).toBe(total.answered);
  const asked = world.asked.length;
  world.pass(5_000);
  expect([world.asked.length, world.waiting]).toEqual([asked, 0]);
  expect(workload.stop('again')).toBe(total);
  expect(world.told.filter(({ type }) => type === 'workload-stopped')).toHaveLength(1);
});

it('bears as many clients as there may be', () => {
  const world = new WorkloadWorld();
  const workload = world.start({ clients: limits.workloadClientsMax, mix: { localRead: 1 } });
  world.pass(3);
  expect(workload.stop('enough').answered).toBe(limits.workloadClientsMax);
});
