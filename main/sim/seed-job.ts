/**
 * The work on one seed, as it is done in a thread: run it; when it fails, shrink it; with a rule off, see that the catch
 * is the rule's own.
 */
import type { RuleId } from '../../shared/rules.ts';
import { describePlan } from './describe-plan.ts';
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';
import { runPlan, type RunOptions } from './run.ts';
import type { RunResult, RunViolation } from './run-result.ts';
import { demandedPromise, planForRule } from './rule-schedules.ts';
import { shrinkPlan } from './shrink.ts';

export interface JobOptions {
  readonly nodes?: number;
  readonly ruleOff?: RuleId;
  /** Runs that shrinking a failure may take; 0 for none. */
  readonly shrinkRunsMax: number;
}

export interface SeedOutcome {
  readonly result: RunResult;
  /** With a rule off: the violation follows from it, and the same seed with all rules on is clean. */
  readonly isCatch: boolean;
  /** The smallest plan that was found to fail alike, for people. */
  readonly shrunk: readonly string[] | null;
}

export function planOf(seed: number, { nodes, ruleOff }: JobOptions, isOff: boolean): Plan {
  const options = nodes === undefined ? {} : { nodes };
  const plan = ruleOff === undefined ? makePlan(seed, options) : planForRule(ruleOff, seed, options);
  const rulesOff = ruleOff !== undefined && isOff ? [ruleOff] : [];
  return { ...plan, setting: { ...plan.setting, rulesOff } };
}

export function runSeed(seed: number, options: JobOptions): SeedOutcome {
  const { ruleOff, shrinkRunsMax } = options;
  const plan = planOf(seed, options, true);
  const promise = ruleOff === undefined ? undefined : demandedPromise[ruleOff];
  const runOptions: RunOptions = promise === undefined ? {} : { promise };
  const result = runPlan(plan, runOptions);
  const [violation] = result.violations;
  if (!violation) return { result, isCatch: false, shrunk: null };
  // A seed that fails with all rules on, too, shows nothing about the rule: it is a failure of its own.
  const isCatch = ruleOff !== undefined && result.waived > 0 && isCleanWithAllRules(plan);
  if (shrinkRunsMax === 0) return { result, isCatch, shrunk: null };
  const violationOf = (tried: Plan): RunViolation | undefined => {
    const { violations, waived } = runPlan(tried, runOptions);
    if (!isCatch) return violations[0];
    // A smaller plan shows the rule's work only if it, too, is clean with the rule on.
    return waived > 0 && isCleanWithAllRules(tried) ? violations[0] : undefined;
  };
  const { plan: smaller } = shrinkPlan(plan, violation, { runsMax: shrinkRunsMax, violationOf });
  return { result, isCatch, shrunk: describePlan(smaller) };
}

function isCleanWithAllRules(plan: Plan): boolean {
  return runPlan({ ...plan, setting: { ...plan.setting, rulesOff: [] } }).violations.length === 0;
}
