/** The core under random faults, checked after every step. What is checked: test/support/core-invariants.ts. */
import { describe, expect, it } from 'vitest';
import { soakCluster, type SoakResult } from '../../support/core-soak.ts';

const steps = 400;
/** Far more than it takes, for a machine that is busy with other things. */
const timeoutMs = 60_000;

function soakSeeds(size: number, seeds: number): SoakResult {
  const sum = { committed: 0, leaders: 0, crashes: 0, readsConfirmed: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const result = soakCluster(seed, size, steps);
    sum.committed += result.committed;
    sum.leaders += result.leaders;
    sum.crashes += result.crashes;
    sum.readsConfirmed += result.readsConfirmed;
  }
  return sum;
}

describe.each([
  [1, 100],
  [3, 400],
  [5, 300],
])('%i servers, %i seeds', (size, seeds) => {
  it(
    'keep every promise under loss, repetition, reordering, cuts, crashes and slow disks, and recover',
    () => {
      const { committed, leaders, crashes, readsConfirmed } = soakSeeds(size, seeds);
      // That all of it did happen.
      expect(committed / seeds).toBeGreaterThan(5);
      expect(leaders / seeds).toBeGreaterThan(1.5);
      expect(crashes / seeds).toBeGreaterThan(1);
      expect(readsConfirmed / seeds).toBeGreaterThan(1);
    },
    timeoutMs,
  );
});

it('a failure names its seed', () => {
  expect(() => soakCluster(7, 0, steps)).toThrow(/^seed 7, 0 nodes, step \d+: /);
});
