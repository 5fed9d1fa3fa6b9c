import { describe, expect, it } from 'vitest';
import { makePlan, operationsMin } from '../../../main/sim/make-plan.ts';
import { isAdministratorAct, isClientAct, type Plan } from '../../../main/sim/plan.ts';

const plans: Plan[] = Array.from({ length: 60 }, (_, seed) => makePlan(seed + 1));

describe('makePlan', () => {
  it('draws the same plan for the same seed', () => {
    expect(makePlan(17)).toEqual(makePlan(17));
    expect(makePlan(17)).not.toEqual(makePlan(18));
  });

  it('gives each seed at least a minute and a thousand operations of clients, in the order of time', () => {
    for (const { durationMs, acts } of plans) {
      expect(durationMs).toBeGreaterThanOrEqual(60_000);
      expect(acts.filter(({ act }) => isClientAct(act)).length).toBeGreaterThanOrEqual(operationsMin);
      expect(acts.every(({ atMs }, position) => position === 0 || atMs >= (acts[position - 1]?.atMs ?? 0))).toBe(true);
    }
  });

  it('draws its own mix: sizes, levels, faults, what clients and the administrator ask', () => {
    const kinds = (plan: Plan): Set<string> => new Set(plan.acts.map(({ act }) => act.kind));
    expect(new Set(plans.map(({ servers }) => servers)).size).toBeGreaterThan(4);
    expect(plans.filter(({ setting }) => setting.level === 'bytes')).toHaveLength(6);
    for (const kind of ['crash', 'wipe', 'partition', 'disk', 'clock-rate', 'change-membership', 'transfer']) {
      const having = plans.filter((plan) => kinds(plan).has(kind)).length;
      expect(having, kind).toBeGreaterThan(5);
      expect(having, kind).toBeLessThan(60);
    }
  });

  it('obeys the options', () => {
    const plan = makePlan(3, { nodes: 2, rulesOff: ['pre-vote'], durationMs: 5_000 });
    expect(plan).toMatchObject({ servers: 2, durationMs: 5_000, setting: { rulesOff: ['pre-vote'] } });
    expect(plan.acts.filter(({ act }) => isClientAct(act)).length).toBeLessThan(200);
    expect(plan.acts.some(({ act }) => isAdministratorAct(act))).toBe(true);
  });
});
