/** The core under random faults, checked after every step. What is checked: test/support/core-invariants.ts. */
import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../shared/rules.ts';
import { electionExtras } from '../../support/core-messages.ts';
import { soakCluster, type SoakOptions, type SoakResult } from '../../support/core-soak.ts';

/** With pre-vote an election takes twice as many messages, and a server gets to less in the same steps. */
const steps = 800;
/** Far more than it takes, for a machine that is busy with other things. */
const timeoutMs = 60_000;

/** A change takes many messages, one of which arrives in a step. */
const stepsWithChanges = 2_000;

function soakSeeds(size: number, seeds: number, options: SoakOptions): SoakResult {
  const length = options.spares ? stepsWithChanges : steps;
  const results = Array.from({ length: seeds }, (_, position) => soakCluster(position + 1, size, length, options));
  const sum = (of: (result: SoakResult) => number): number => results.reduce((all, result) => all + of(result), 0);
  return {
    committed: sum((result) => result.committed),
    leaders: sum((result) => result.leaders),
    crashes: sum((result) => result.crashes),
    readsConfirmed: sum((result) => result.readsConfirmed),
    changesDone: sum((result) => result.changesDone),
    transfersDone: sum((result) => result.transfersDone),
    snapshotsInstalled: sum((result) => result.snapshotsInstalled),
    wipes: sum((result) => result.wipes),
  };
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
      const { committed, leaders, crashes, readsConfirmed } = soakSeeds(size, seeds, { rulesOff });
      // That all of it did happen.
      expect(committed / seeds).toBeGreaterThan(5);
      expect(leaders / seeds).toBeGreaterThan(1.2);
      expect(crashes / seeds).toBeGreaterThan(1);
      expect(readsConfirmed / seeds).toBeGreaterThan(1);
    },
    timeoutMs,
  );
});

describe.each([
  [1, 3, 100],
  [3, 2, 300],
  [5, 2, 200],
])('%i servers and %i more that come and go, %i seeds', (size, spares, seeds) => {
  it(
    'keep every promise while members change, the office is handed over, logs are compacted and folders are lost',
    () => {
      const result = soakSeeds(size, seeds, { rulesOff: [], spares });
      expect(result.committed / seeds).toBeGreaterThan(5);
      expect(result.changesDone / seeds).toBeGreaterThan(0.05);
      expect(result.transfersDone).toBeGreaterThan(1);
      expect(result.snapshotsInstalled).toBeGreaterThan(10);
      expect(result.wipes).toBeGreaterThan(10);
    },
    timeoutMs,
  );
});

it('a failure names its seed', () => {
  expect(() => soakCluster(7, 0, steps)).toThrow(/^seed 7, 0 nodes, step \d+: /);
});
