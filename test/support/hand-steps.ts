/** Steps of a scenario over a lab that is driven by hand. */
import type { StepSurroundings } from '../../main/scenario/step-run.ts';
import type { Step } from '../../main/scenario/scenario.ts';
import { HandPort } from './hand-port.ts';
import { scenarioOf, ScenarioStory } from './scenario-story.ts';

/** The steps of a list in YAML. */
export function stepsOf(list: string): readonly Step[] {
  return scenarioOf(`title: t\nsteps: ${list}`).variants[0]?.steps ?? [];
}

export class HandSteps {
  readonly port = new HandPort();
  readonly story = new ScenarioStory(3);
  /** What the steps told, in order. */
  readonly told: string[] = [];

  readonly surroundings: StepSurroundings = {
    port: this.port,
    world: this.story.world,
    onDue: (_step, text) => this.told.push(`due: ${text}`),
    onAnswer: (_step, text, result) => this.told.push(`${result === undefined ? 'asks' : 'answered'}: ${text}`),
    onExpected: (_step, failure) => this.told.push(`expected: ${failure ?? 'met'}`),
    wake: () => this.told.push('wake'),
  };
}
