/** Running a scenario in the place of the cluster that runs, ending it, and saving what was done as one. One runs at most. */
import { fail, succeed } from '../../../../shared/result.ts';
import type { LabPort } from '../../../lab-port.ts';
import { beginRun, planRun } from '../../../scenario/run-text.ts';
import type { ScenarioRun } from '../../../scenario/scenario-run.ts';
import { writeScenario } from '../../../scenario/write-scenario.ts';
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

/** @param port the lab itself */
export function scenarioCommands(
  context: LabContext,
  port: LabPort,
): CommandHandlers<'run-scenario' | 'stop-scenario' | 'save-scenario'> {
  return {
    'run-scenario': atOnce((command) => {
      const planned = planRun(command);
      if (!planned.ok) return planned;
      endScenario(context, 'Another scenario takes its place.');
      const run: ScenarioRun = beginRun(port, planned.value, () => {
        if (context.scenario === run) context.scenario = undefined;
      });
      context.scenario = run;
      return succeed(null);
    }),
    'stop-scenario': atOnce(() => {
      if (!context.scenario) return fail('not-running', 'No scenario is running.');
      endScenario(context, 'It was stopped.');
      return succeed(null);
    }),
    'save-scenario': atOnce(({ title }) => {
      const remembered = context.memory.recall();
      if (!remembered) return fail('not-running', 'No cluster was started yet. Start one first.');
      return succeed({ text: writeScenario(title, remembered) });
    }),
  };
}

/** Ends the scenario that runs, if there is one. Its cluster goes on. */
function endScenario(context: LabContext, reason: string): void {
  context.scenario?.stop(reason);
  context.scenario = undefined;
}
