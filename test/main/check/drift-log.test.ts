import { expect, it } from 'vitest';
import { DriftLog } from '../../../main/check/drift-log.ts';

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
