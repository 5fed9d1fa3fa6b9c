/** Scenarios over the simulated lab. */
import { runScenario } from '../../main/scenario/run-scenario.ts';
import type { ScenarioResult, ScenarioRun } from '../../main/scenario/scenario-run.ts';
import { DrivenLab } from './sim-lab.ts';
import { scenarioOf } from './scenario-story.ts';

export interface RunOnSim {
  readonly driven: DrivenLab;
  readonly run: ScenarioRun;
  readonly result: () => ScenarioResult | undefined;
}

/** Begins the first variant; time stands still until it is driven. */
export function beginOnSim(text: string, driven: DrivenLab = new DrivenLab()): RunOnSim {
  const { title, variants } = scenarioOf(text);
  const [variant] = variants;
  if (!variant) throw new Error('no variant');
  let result: ScenarioResult | undefined;
  const run = runScenario(driven.lab, variant, { title }, (ended) => {
    if (result) throw new Error('it ended twice');
    result = ended;
  });
  return { driven, run, result: () => result };
}

/** Runs steps, and what is expected, on three servers to the end. */
export function runOnSim(steps: string, expect = ''): ScenarioResult & { readonly driven: DrivenLab } {
  const text = `title: Test\nsteps:\n${steps}\n${expect === '' ? '' : `expect:\n${expect}\n`}`;
  const { driven, result } = beginOnSim(text);
  driven.until(() => result() !== undefined);
  const ended = result();
  if (!ended) throw new Error('it did not end');
  return { ...ended, driven };
}
