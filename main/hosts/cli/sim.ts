/**
 * `raft-lab sim`: seeds of the simulator over all cores.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { rules } from '../../../shared/rules.ts';
import { repeatLine } from '../../sim/describe-plan.ts';
import { addRun, noTotals, type RunViolation } from '../../sim/run-result.ts';
import { planOf, type JobOptions, type SeedOutcome } from '../../sim/seed-job.ts';
import { runPlan } from '../../sim/run.ts';
import { sweep } from '../../sim/sweep.ts';
import type { SimArguments } from './sim-arguments.ts';
import { describeTotals, summaryOf, type Catch } from './sim-report.ts';

const shrinkRunsMax = 150;
const progressEveryMs = 1_000;

/** @returns the exit code: 0 no violation, 1 violation, 2 unusable */
export async function simulate(args: SimArguments): Promise<number> {
  const { ruleOff, nodes } = args;
  const job: JobOptions = {
    shrinkRunsMax: args.json && ruleOff !== undefined ? 0 : shrinkRunsMax,
    ...(nodes !== undefined && { nodes }),
    ...(ruleOff !== undefined && { ruleOff }),
  };
  if (args.events !== undefined && !writeEvents(args.events, args.seeds[0] ?? 0, job)) return 2;
  const simulation = new Simulation(args);
  await sweep({
    seeds: args.seeds,
    job,
    threads: availableParallelism(),
    onOutcome: (seed, outcome) => simulation.take(seed, outcome),
    isTimeOver: () => simulation.isTimeOver,
  });
  return simulation.end();
}

class Simulation {
  readonly #args: SimArguments;
  readonly #totals = noTotals();
  readonly #startedMs = performance.now();
  #nextProgressMs = progressEveryMs;
  #caught: Catch | undefined;

  constructor(args: SimArguments) {
    this.#args = args;
  }

  get isTimeOver(): boolean {
    const { seconds } = this.#args;
    return seconds !== undefined && this.#wallMs > seconds * 1_000;
  }

  get #wallMs(): number {
    return performance.now() - this.#startedMs;
  }

  /** @returns true when no further seed is wanted */
  take(seed: number, outcome: SeedOutcome): boolean {
    addRun(this.#totals, outcome.result);
    const [violation] = outcome.result.violations;
    const { ruleOff } = this.#args;
    // With a rule off, what it does not follow from is a failure of its own and told like any other.
    if (violation) this.#tell(seed, violation, outcome);
    this.#showProgress();
    if (!outcome.isCatch || !violation || ruleOff === undefined) return false;
    this.#caught = { seed, rule: ruleOff, promise: violation.promise, tried: this.#totals.seeds };
    return true;
  }

  end(): number {
    const { json } = this.#args;
    const summary = summaryOf(this.#totals, this.#wallMs / 1_000, this.#caught);
    const notRun = this.#caught ? 0 : this.#args.seeds.length - this.#totals.seeds;
    if (json) console.log(JSON.stringify(notRun > 0 ? { ...summary, not_run: notRun } : summary));
    else process.stdout.write(describeTotals(this.#totals, this.#wallMs / 1_000, this.#caught));
    if (notRun > 0) process.stderr.write(`raft-lab: the time was over; ${notRun} of the seeds were not run.\n`);
    return this.#totals.violations > 0 ? 1 : 0;
  }

  #tell(seed: number, violation: RunViolation, { shrunk }: SeedOutcome): void {
    const { json, nodes, ruleOff } = this.#args;
    const repeat = repeatLine({ seed, nodes, ruleOff });
    if (json) {
      console.log(JSON.stringify({ seed, ...violation, repeat, ...(shrunk && { acts: shrunk }) }));
      return;
    }
    const lines = [
      `seed ${seed}: ${violation.promise} is broken after ${violation.atMs} ms. ${violation.sentence}`,
      ...(shrunk ? ['  the smallest run that was found to fail alike:', ...shrunk.map((line) => `    ${line}`)] : []),
      `  again: ${repeat}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  #showProgress(): void {
    const { json, seeds, ruleOff } = this.#args;
    if (json || this.#wallMs < this.#nextProgressMs) return;
    this.#nextProgressMs = this.#wallMs + progressEveryMs;
    const without = ruleOff === undefined ? '' : `, without “${rules[ruleOff].sentence}”`;
    process.stderr.write(
      `${this.#totals.seeds} of ${seeds.length} seeds, violations: ${this.#totals.violations}${without}\n`,
    );
  }
}

/** @returns false when the file can't be written; then that was said */
function writeEvents(path: string, seed: number, job: JobOptions): boolean {
  try {
    const file = openSync(path, 'w');
    let lines: string[] = [];
    const flush = (): void => {
      if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
      lines = [];
    };
    const onEvent = (event: unknown): void => {
      lines.push(JSON.stringify(event));
      if (lines.length >= 1_000) flush();
    };
    runPlan(planOf(seed, job, true), { onEvent });
    flush();
    closeSync(file);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    console.error(`raft-lab: ${path} can't be written: ${error.message}`);
    return false;
  }
}
