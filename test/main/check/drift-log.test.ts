import { expect, it } from 'vitest';
import { DriftLog } from '../../../main/check/drift-log.ts';
import type { EventOf } from '../../../shared/event.ts';

const timings = { electionTimeoutMinMs: 100, electionTimeoutMaxMs: 200, heartbeatIntervalMs: 20 };
const marginNs = 400_000_000;

it('knows when a clock ran beyond the bound, and for how long a lease could still feel it', () => {
  const log = new DriftLog(timings);
  log.setRate(1, 100_000, 1_000);
  log.setRate(1, 100_001, 2_000);
  log.setRate(2, -200_000, 3_000);
  log.setRate(1, 0, 5_000);
  log.end(9_000);
  expect(log.spans).toEqual([
    { fromNs: 2_000, toNs: 5_000 + marginNs },
    { fromNs: 3_000, toNs: 9_000 + marginNs },
  ]);
});

it('counts a jump, and how long a clock stands still after one backwards', () => {
  const log = new DriftLog(timings);
  log.jump(500, 1_000);
  log.jump(-500, 2_000);
  expect(log.spans).toEqual([
    { fromNs: 1_000, toNs: 1_000 + marginNs },
    { fromNs: 2_000, toNs: 2_500 + marginNs },
  ]);
});

it('follows what the lab says it does to clocks, and takes the worst of what it does not say', () => {
  const log = new DriftLog();
  log.setTimings(timings);
  const fault = { type: 'node-fault', node: -1, boot: 1, sequence: 1, lamport: 1, reason: 'x' } as const;
  const tell = (
    target: number,
    timeNs: number,
    more: Pick<EventOf<'node-fault'>, 'fault' | 'faultRule' | 'byMs'>,
  ): void => log.observe({ ...fault, target, timeNs, ...more });
  tell(1, 1_000, { fault: 'clock-rate', faultRule: 'clock 1' });
  expect([log.isDrifting(0, 999), log.isDrifting(0, 1_000), log.isDrifting(5_000, 6_000)]).toEqual([false, true, true]);
  tell(1, 2_000, { fault: 'healed', faultRule: 'slow-disk 1' });
  expect(log.isDrifting(marginNs + 9_000, marginNs + 9_000)).toBe(true);
  tell(1, 3_000, { fault: 'healed', faultRule: 'clock 1' });
  tell(2, 4_000, { fault: 'clock-jump', faultRule: 'clock 2', byMs: 5 });
  expect(log.spans).toEqual([
    { fromNs: 1_000, toNs: 3_000 + marginNs },
    { fromNs: 4_000, toNs: 4_000 + marginNs },
  ]);
  log.forgetBefore(3_500 + marginNs);
  expect(log.spans).toHaveLength(1);
  expect(log.isDrifting(4_001 + marginNs, Infinity)).toBe(false);
});
