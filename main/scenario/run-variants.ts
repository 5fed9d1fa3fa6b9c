/** Runs every variant of a scenario, one after the other, each on a cluster of its own. */
import type { LabPort } from '../lab-port.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioResult, ScenarioRun } from './scenario-run.ts';

/** As it is called where it runs: with the name of the variant, where it has several. */
export function runTitle({ title }: Scenario, variant: string): string {
  return variant === '' ? title : `${title} (${variant})`;
}

/** @param onEnd called once, with what came of each that was begun; the next one begins only later than the one before ended */
export function runVariants(
  port: LabPort,
  scenario: Scenario,
  onEnd: (results: readonly ScenarioResult[]) => void,
): ScenarioRun {
  const results: ScenarioResult[] = [];
  let current: ScenarioRun | undefined;
  let isStopped = false;
  const runNext = (): void => {
    const variant = isStopped ? undefined : scenario.variants[results.length];
    if (!variant) return onEnd(results);
    const title = runTitle(scenario, variant.name);
    current = runScenario(port, variant, { title }, (result) => {
      results.push(result);
      port.after(0, runNext);
    });
  };
  runNext();
  return {
    stop(reason) {
      isStopped = true;
      current?.stop(reason);
    },
  };
}
