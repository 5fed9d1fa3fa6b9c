/**
 * `npm run rules`: for each rule of Raft, the first seed that shows what it prevents, and what that is. The same seed with
 * the rule on is clean, or it would not count. Exit code 1 when a rule is not caught.
 */
import { ruleIds } from '../../shared/rules.ts';
import { runSeed } from './seed-job.ts';

const seedsMax = 400;
let missed = 0;

for (const ruleOff of ruleIds) {
  let tried = 0;
  let caught: Record<string, unknown> | undefined;
  while (!caught && tried < seedsMax) {
    tried += 1;
    const { isCatch, result } = runSeed(tried, { ruleOff, shrinkRunsMax: 0 });
    const [violation] = result.violations;
    if (isCatch && violation) caught = { seed: tried, promise: violation.promise, sentence: violation.sentence };
  }
  missed += caught ? 0 : 1;
  process.stdout.write(`${JSON.stringify({ rule: ruleOff, tried, caught: caught !== undefined, ...caught })}\n`);
}
process.stdout.write(`${JSON.stringify({ rules: ruleIds.length, caught: ruleIds.length - missed })}\n`);
process.exitCode = missed > 0 ? 1 : 0;
