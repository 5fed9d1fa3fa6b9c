import { expect, it } from 'vitest';
import { planOf, runSeed } from '../../../main/sim/seed-job.ts';

it('makes the same plan with a rule on and off, but for the rule', () => {
  const options = { ruleOff: 'pre-vote', shrinkRunsMax: 0 } as const;
  const [off, on] = [planOf(1, options, true), planOf(1, options, false)];
  expect(off.setting.rulesOff).toEqual(['pre-vote']);
  expect(on).toEqual({ ...off, setting: { ...off.setting, rulesOff: [] } });
});

it('counts a catch when the rule was passed over and the seed is clean with it', () => {
  const { isCatch, result, shrunk } = runSeed(1, { ruleOff: 'check-quorum', shrinkRunsMax: 25 });
  expect(isCatch).toBe(true);
  expect(result.violations[0]?.promise).toBe('gives-up');
  expect(shrunk?.length).toBeGreaterThan(3);
  expect(shrunk?.length).toBeLessThan(20);
  // Without the fault, what is asked of the leader would be wrong with the rule on, too.
  expect(shrunk?.join('\n')).toContain('nobody hears whoever leads');
});

it('catches nothing with all rules on', () => {
  const { isCatch, result, shrunk } = runSeed(2, { nodes: 3, shrinkRunsMax: 25 });
  expect(result.violations).toEqual([]);
  expect([isCatch, shrunk]).toEqual([false, null]);
});
