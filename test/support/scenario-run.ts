/** Scenarios, given as text, over the simulated lab. */
import { runScenario } from '../../main/scenario/run-scenario.ts';
import type { ScenarioResult, ScenarioRun } from '../../main/scenario/scenario-run.ts';
import { SimLab } from '../../main/sim/lab/sim-lab.ts';
import { required } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { EventOf, EventType, LabEvent } from '../../shared/event.ts';
import { scenarioOf } from './scenario-story.ts';

export interface SimulatedRun {
  readonly result: ScenarioResult;
  readonly events: readonly LabEvent[];
  /** When it ended, ms of virtual time. */
  readonly endMs: number;
  readonly eventsOf: <Type extends EventType>(type: Type) => EventOf<Type>[];
}

/** Three servers unless the text says otherwise. `onEvent` is told of everything, and can end the run. */
export function runText(text: string, onEvent: (event: LabEvent, run: ScenarioRun) => void = () => {}): SimulatedRun {
  const variant = required(scenarioOf(`title: t\n${text}`).variants[0], 'a variant');
  const lab = new SimLab({ seed: variant.cluster.seed ?? 1 });
  const events: LabEvent[] = [];
  let result: ScenarioResult | undefined;
  const begun: { run?: ScenarioRun } = {};
  lab.subscribe((some) => {
    for (const event of some) {
      events.push(event);
      if (begun.run) onEvent(event, begun.run);
    }
  });
  begun.run = runScenario(lab, variant, { title: 't' }, (ended) => {
    result = ended;
  });
  lab.advance((limits.scenarioMsMax + 60_000) * 1_000_000, () => result !== undefined);
  return {
    result: required(result, 'the scenario ends'),
    events,
    endMs: lab.nowNs() / 1_000_000,
    eventsOf: <Type extends EventType>(type: Type) =>
      events.filter((event): event is EventOf<Type> => event.type === type),
  };
}
