import { expect, it } from 'vitest';
import type { Plan } from '../../../main/sim/plan.ts';
import type { RunViolation } from '../../../main/sim/run-result.ts';
import { makePlan } from '../../../main/sim/make-plan.ts';
import { shrinkPlan } from '../../../main/sim/shrink.ts';
import { calmPlan, timed } from '../../support/sim-cluster.ts';

/** Fails when two certain acts are in the plan, in a cluster of at least three. */
function planted(plan: Plan): RunViolation | undefined {
  const transfer = plan.acts.find(({ act }) => act.kind === 'transfer' && act.to === 1);
  const pause = plan.acts.find(({ act }) => act.kind === 'pause' && act.node === 2);
  if (!transfer || !pause || plan.servers < 3) return undefined;
  return { promise: 'serves', sentence: 'planted', atMs: Math.max(transfer.atMs, pause.atMs) };
}

it('finds the two acts of a thousand that matter, in a shorter run with fewer servers', () => {
  const plan = makePlan(12, { nodes: 5 });
  const two = timed([20_000, { kind: 'transfer', to: 1 }], [40_000, { kind: 'pause', node: 2, forMs: 10 }]);
  const others = plan.acts.filter(({ act }) => act.kind !== 'transfer' && act.kind !== 'pause');
  const acts = [...others, ...two].toSorted((left, right) => left.atMs - right.atMs);
  const whole = { ...plan, acts };
  const violation = planted(whole);
  if (!violation) throw new Error('the failure is planted');
  const { plan: small, runs } = shrinkPlan(whole, violation, { runsMax: 500, violationOf: planted });
  expect(small.acts).toEqual(two);
  expect(small).toMatchObject({ servers: 3, spares: 0, durationMs: 40_001 });
  expect(runs).toBeLessThan(300);
});

it('keeps to the runs that it may spend, and to the promise that was broken', () => {
  const acts = timed(...Array.from({ length: 64 }, (_, atMs) => [atMs, { kind: 'transfer', to: 0 }] as const));
  let runs = 0;
  const violationOf = (plan: Plan): RunViolation => {
    runs += 1;
    const promise = plan.acts.length < 40 ? 'converges' : 'serves';
    return { promise, sentence: 'planted', atMs: 9_000 };
  };
  const first = { promise: 'serves', sentence: 'planted', atMs: 9_000 };
  const shrunk = shrinkPlan(calmPlan({ acts }), first, { runsMax: 30, violationOf });
  expect(shrunk.plan.acts.length).toBeGreaterThanOrEqual(40);
  expect(shrunk.plan.acts.length).toBeLessThan(64);
  expect(runs).toBeLessThanOrEqual(30);
  expect(shrunk.runs).toBe(runs);
});
