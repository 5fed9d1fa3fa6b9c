import { expect, it } from 'vitest';
import { LabClock } from '../../../main/lab/lab-clock.ts';
import { limits } from '../../../shared/cluster-config.ts';

it('stamps the acts of the lab behind everything that it has seen', () => {
  const clock = new LabClock();
  const first = clock.stamp({ type: 'node-launched', target: 0 });
  clock.observe(40);
  clock.observe(7);
  const second = clock.stamp({ type: 'node-launched', target: 1 });
  expect(first).toMatchObject({ node: -1, boot: 1, sequence: 1, lamport: 1 });
  expect(second).toMatchObject({ node: -1, boot: 1, sequence: 2, lamport: 41 });
  expect(clock.lamport).toBe(41);
});

it('takes the number of a node even where a hostile datagram has pushed its clock as far as it could', () => {
  const clock = new LabClock();
  clock.observe(2 * limits.lamportJumpMax);
  expect(clock.stamp({ type: 'node-launched', target: 0 }).lamport).toBe(2 * limits.lamportJumpMax + 1);
});

it('counts whole nanoseconds since its origin', () => {
  const clock = new LabClock(process.hrtime.bigint() - 5_000_000n);
  const nowNs = clock.nowNs();
  expect(nowNs).toBeGreaterThanOrEqual(5_000_000);
  expect(Number.isInteger(nowNs)).toBe(true);
  expect(clock.nowNs()).toBeGreaterThanOrEqual(nowNs);
});
