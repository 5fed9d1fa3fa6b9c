import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../main/sim/make-plan.ts';
import type { Plan } from '../../../main/sim/plan.ts';
import { runPlan } from '../../../main/sim/run.ts';
import { calmPlan, timed } from '../../support/sim-cluster.ts';

function streamOf(plan: Plan): string {
  const lines: string[] = [];
  runPlan(plan, { onEvent: (event) => lines.push(JSON.stringify(event)) });
  return lines.join('\n');
}

describe('runPlan', () => {
  it('runs a plan to its end, counts what happened, and finds nothing wrong with a calm cluster', () => {
    const append = { kind: 'append', client: 1, payloads: [8], expect: false, session: false } as const;
    const rest = { copyTo: null, asksAgain: 0, timeoutMs: 500 };
    const acts = timed(
      [1_000, { ...append, ...rest, node: 0 }],
      [1_500, { kind: 'crash', node: 'leader', forMs: 500 }],
      [3_000, { ...append, ...rest, node: 1 }],
    );
    const result = runPlan(calmPlan({ acts }));
    expect(result).toMatchObject({ violations: [], operations: 2, faults: { crash: 1 }, promiseVoid: 0, waived: 0 });
    expect(result.simulatedNs).toBeGreaterThan(5_000_000_000);
    expect(result.messages).toBeGreaterThan(100);
    expect(result.convergence).toBeLessThan(5);
  });

  it.each([1, 5, 20])('makes the same stream of seed %i again, to the byte', (seed) => {
    const plan = makePlan(seed, { durationMs: 12_000 });
    expect(streamOf(plan)).toBe(streamOf(plan));
  });

  it('stops at the first violation, or at the one that is asked for', () => {
    const rulesOff = ['truncate-only-on-conflict', 'client-dedupe'] as const;
    const plan = makePlan(1, { rulesOff });
    const { violations, simulatedNs, waived } = runPlan(plan);
    expect(violations[0]?.promise).toBeDefined();
    expect(simulatedNs).toBeLessThan(60_000_000_000);
    expect(waived).toBeGreaterThan(0);
    const other = runPlan(plan, { promise: 'exactly-once' });
    expect(other.violations.map(({ promise }) => promise)).not.toContain(violations[0]?.promise);
    expect(other.simulatedNs).toBeGreaterThan(simulatedNs);
  });
});
