/** With any rule off, the simulator finds what the rule prevents, and the same seed with the rule on is clean. */
import { expect, it } from 'vitest';
import { ruleIds } from '../../shared/rules.ts';
import { runSeed } from '../../main/sim/seed-job.ts';

const seedsMax = 40;

it.each(ruleIds)('without %s a seed fails', { timeout: 120_000 }, (ruleOff) => {
  for (let seed = 1; seed <= seedsMax; seed++) {
    const { isCatch, result } = runSeed(seed, { ruleOff, shrinkRunsMax: 0 });
    if (!isCatch) continue;
    expect(result.violations[0]?.sentence).toBeDefined();
    return;
  }
  expect.unreachable(`no seed up to ${seedsMax} shows what ${ruleOff} prevents`);
});
