/**
 * `raft-lab run`: scenarios from files, one run after the other, and whether they went as expected.
 */
import { readFile } from 'node:fs/promises';
import type { LabEvent } from '../../../shared/event.ts';
import type { ScenarioOutcome } from '../../../shared/scenario-event.ts';
import { problemText, readScenario } from '../../scenario/read-scenario.ts';
import { runTitle } from '../../scenario/run-text.ts';
import type { Scenario, Variant } from '../../scenario/scenario.ts';
import type { RunArguments } from './run-arguments.ts';
import { runOnReal, runOnSimulated, type FinishedRun, type ScenarioOrder } from './scenario-doors.ts';
import { eventLines, runLines, runSummary, totalsLine, totalsOf } from './scenario-report.ts';
import { onStopSignal } from './stop-signal.ts';
import { writeLines } from './write-out.ts';

interface PlannedRun {
  readonly file: string;
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly seed: number;
}

const seedsMax = 2 ** 32;

/** @returns the exit code: 0 everything as expected, 1 not, 2 unusable as written */
export async function runScenarios(args: RunArguments): Promise<number> {
  const planned = await planRuns(args);
  if (!planned) return 2;
  const startedMs = performance.now();
  const outcomes: ScenarioOutcome[] = [];
  const signal = new Signal();
  for (const run of planned) {
    if (signal.isGiven) break;
    // One after the other: they share the machine.
    outcomes.push(await runOne(args, run, signal));
  }
  const totals = totalsOf(outcomes, (performance.now() - startedMs) / 1_000);
  await writeLines([args.json ? JSON.stringify(totals) : totalsLine(totals)]);
  return totals['met'] === planned.length ? 0 : 1;
}

/** @returns undefined when something can't be run as written; then that was said */
async function planRuns({ files, variant, seed, times }: RunArguments): Promise<readonly PlannedRun[] | undefined> {
  const read = await Promise.all(files.map(readFileOf));
  const runs: PlannedRun[] = [];
  let isUsable = true;
  for (const [position, scenario] of read.entries()) {
    const file = files[position] ?? '';
    const chosen = scenario?.variants.filter(({ name }) => variant === undefined || name === variant) ?? [];
    if (scenario && chosen.length === 0) {
      const names = scenario.variants.map(({ name }) => name).join(', ');
      console.error(
        `raft-lab: ${file} has no variant "${variant}"; ${names === '' ? 'it has none' : `it has ${names}`}`,
      );
    }
    if (!scenario || chosen.length === 0) {
      isUsable = false;
      continue;
    }
    for (let time = 0; time < times; time += 1) {
      for (const one of chosen) {
        const first = seed ?? one.cluster.seed ?? 1;
        runs.push({ file, scenario, variant: one, seed: (first + time) % seedsMax });
      }
    }
  }
  return isUsable ? runs : undefined;
}

async function readFileOf(file: string): Promise<Scenario | undefined> {
  try {
    const reading = readScenario(await readFile(file, 'utf8'));
    if (reading.ok) return reading.scenario;
    for (const problem of reading.problems) console.error(`${file}:${problemText(problem)}`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    console.error(`raft-lab: ${file} can't be read: ${error.message}`);
  }
  return undefined;
}

async function runOne(args: RunArguments, planned: PlannedRun, signal: Signal): Promise<ScenarioOutcome> {
  const { file, scenario, variant, seed } = planned;
  const { lab, json, verbose, keep } = args;
  const onEvents = (events: readonly LabEvent[]): void => {
    if (verbose)
      process.stderr.write(
        eventLines(events)
          .map((line) => `${line}\n`)
          .join(''),
      );
  };
  const order: ScenarioOrder = {
    title: runTitle(scenario, variant.name),
    variant,
    seed,
    onEvents,
    onBegin: (run) => signal.follow((reason) => run.stop(reason)),
  };
  const run: FinishedRun = lab === 'sim' ? runOnSimulated(order) : await runOnReal(order, keep);
  const name = { file, variant: variant.name, lab, seed };
  await writeLines(json ? [JSON.stringify(runSummary(name, run))] : runLines(name, run, verbose));
  return run.result.outcome;
}

/** Ends the run that is under way when the process is asked to stop. */
class Signal {
  isGiven = false;
  #stop = (_reason: string): void => {};

  constructor() {
    onStopSignal(() => {
      this.isGiven = true;
      this.#stop('it was stopped by a signal');
    });
  }

  follow(stop: (reason: string) => void): void {
    this.#stop = stop;
    if (this.isGiven) stop('it was stopped by a signal');
  }
}
