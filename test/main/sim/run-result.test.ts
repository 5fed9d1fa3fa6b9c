import { expect, it } from 'vitest';
import { addRun, noTotals, type RunResult } from '../../../main/sim/run-result.ts';

const run: RunResult = {
  seed: 1,
  violations: [],
  simulatedNs: 10,
  messages: 2,
  operations: 3,
  events: 4,
  faults: { crash: 1 },
  corners: { 'split-vote': 2 },
  convergence: 1.5,
  promiseVoid: 1,
  waived: 0,
};

it('sums runs in whatever order they come', () => {
  const violation = { promise: 'serves', sentence: 'test', atMs: 5 };
  const other = { ...run, seed: 2, violations: [violation, violation], convergence: 3, faults: { crash: 2, pause: 1 } };
  const [one, two] = [noTotals(), noTotals()];
  addRun(one, run);
  addRun(one, other);
  addRun(two, other);
  addRun(two, run);
  expect(one).toMatchObject({
    seeds: 2,
    violations: 1,
    simulatedNs: 20,
    messages: 4,
    faults: { crash: 3, pause: 1 },
    convergenceMax: 3,
  });
  expect(one.corners['split-vote']).toBe(4);
  expect(two).toEqual(one);
});
