import { expect, it } from 'vitest';
import { BackOff } from '../../../main/workload/back-off.ts';

it('grows, within bounds, and begins again', () => {
  const backOff = new BackOff({ random: 5 });
  const waits = Array.from({ length: 12 }, () => backOff.nextMs());
  for (const [at, waitMs] of waits.entries()) {
    const boundMs = Math.min(500, 20 * 2 ** at);
    expect(waitMs).toBeGreaterThanOrEqual(boundMs / 2);
    expect(waitMs).toBeLessThanOrEqual(boundMs);
  }
  backOff.reset();
  expect(backOff.nextMs()).toBeLessThanOrEqual(20);
});
