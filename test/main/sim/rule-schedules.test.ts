import { expect, it } from 'vitest';
import { ruleIds } from '../../../shared/rules.ts';
import { makePlan } from '../../../main/sim/make-plan.ts';
import { planForRule } from '../../../main/sim/rule-schedules.ts';

it('is the ordinary mix where no schedule is made for the rule', () => {
  expect(planForRule('client-dedupe', 3, {})).toEqual(makePlan(3));
});

it.each(ruleIds)('plans %s alike each time, a minute of acts in the order of time', (rule) => {
  const plan = planForRule(rule, 3, {});
  expect(planForRule(rule, 3, {})).toEqual(plan);
  expect(plan.durationMs).toBeGreaterThanOrEqual(60_000);
  expect(plan.acts.length).toBeGreaterThan(10);
  expect(plan.acts.every(({ atMs }, position) => atMs >= (plan.acts[position - 1]?.atMs ?? 0))).toBe(true);
});
