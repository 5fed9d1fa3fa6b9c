/** The core under random faults, checked after every step. What is checked: test/support/core-invariants.ts. */
import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../shared/rules.ts';
import { electionExtras } from '../../support/core-messages.ts';
import { soakCluster, type SoakResult } from '../../support/core-soak.ts';

/** With pre-vote an election takes twice as many messages, and a server gets to less in the same steps. */
const steps = 800;
/** Far more than it takes, for a machine that is busy with other things. */
const timeoutMs = 60_000;

function soakSeeds(size: number, seeds: number, rulesOff: readonly RuleId[]): SoakResult {
  const sum = { committed: 0, leaders: 0, crashes: 0, readsConfirmed: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const result = soakCluster(seed, size, steps, rulesOff);
    sum.committed += result.committed;
    sum.leaders += result.leaders;
    sum.crashes += result.crashes;
    sum.readsConfirmed += result.readsConfirmed;
  }
  return sum;
}

describe.each<[string, number, number, readonly RuleId[]]>([
  ['elections of Figure 2', 1, 100, electionExtras],
  ['elections of Figure 2', 3, 300, electionExtras],
  ['elections of Figure 2', 5, 200, electionExtras],
  ['all rules on', 1, 100, []],
  ['all rules on', 3, 400, []],
  ['all rules on', 5, 300, []],
  ['pre-vote alone off', 3, 100, ['pre-vote']],
  ['check-quorum alone off', 3, 100, ['check-quorum']],
])('%s: %i servers, %i seeds', (_what, size, seeds, rulesOff) => {
  it(
    'keep every promise under loss, repetition, reordering, cuts, crashes and slow disks, and recover',
    () => {
      const { committed, leaders, crashes, readsConfirmed } = soakSeeds(size, seeds, rulesOff);
      // That all of it did happen.
      expect(committed / seeds).toBeGreaterThan(5);
      expect(leaders / seeds).toBeGreaterThan(1.2);
      expect(crashes / seeds).toBeGreaterThan(1);
      expect(readsConfirmed / seeds).toBeGreaterThan(1);
    },
    timeoutMs,
  );
});

it('a failure names its seed', () => {
  expect(() => soakCluster(7, 0, steps)).toThrow(/^seed 7, 0 nodes, step \d+: /);
});
