import { expect, it } from 'vitest';
import { describeTotals, summaryOf } from '../../../../main/hosts/cli/sim-report.ts';
import { addRun, noTotals } from '../../../../main/sim/run-result.ts';

function totals() {
  const sums = noTotals();
  const corners = { 'split-vote': 3 };
  const counts = { simulatedNs: 61_500_000_000, messages: 1_000, operations: 1_100, events: 4_000 };
  const rest = {
    violations: [],
    faults: { pause: 1, crash: 2 },
    corners,
    convergence: 2.25,
    promiseVoid: 0,
    waived: 0,
  };
  addRun(sums, { seed: 1, ...counts, ...rest });
  return sums;
}

it('sums up for programs, with the fields that they know', () => {
  const summary = summaryOf(totals(), 1.23456, undefined);
  expect(summary).toMatchObject({
    seeds: 1,
    violations: 0,
    simulated_s: 61.5,
    messages: 1_000,
    operations: 1_100,
    faults: { crash: 2, pause: 1 },
    wall_s: 1.235,
  });
  expect(Object.keys(summary)).not.toContain('seed');
});

it('adds the catch with a rule off', () => {
  const caught = { seed: 7, rule: 'pre-vote', promise: 'keeps-office', tried: 3 } as const;
  expect(summaryOf(totals(), 1, caught)).toMatchObject(caught);
  expect(describeTotals(totals(), 1, caught)).toContain('Without pre-vote, seed 7 breaks keeps-office');
});

it('tells people what was reached and what was not', () => {
  const text = describeTotals(totals(), 1, undefined);
  expect(text).toContain('1 seed: no violation');
  expect(text).toContain('corners: split-vote 3\n');
  expect(text).toMatch(/not reached: .*joint-phase-with-crash/);
});
