import { expect, it } from 'vitest';
import { StepSequence } from '../../../main/scenario/step-sequence.ts';
import type { StepSurroundings } from '../../../main/scenario/step-run.ts';
import { startDrivenLab } from '../../support/sim-lab.ts';
import { scenarioOf, ScenarioStory } from '../../support/scenario-story.ts';

function sequence(steps: string): {
  readonly steps: StepSequence;
  readonly told: string[];
  readonly story: ScenarioStory;
} {
  const story = new ScenarioStory(3);
  const told: string[] = [];
  const around: StepSurroundings = {
    port: startDrivenLab(3).lab,
    world: story.world,
    onDue: (_step, text) => told.push(text),
    onAnswer: () => {},
    onExpected: (_step, failure) => told.push(failure ?? 'as expected'),
    wake: () => {},
  };
  const read = scenarioOf(`title: x\nsteps:\n${steps}`).variants[0]?.steps ?? [];
  const all = new StepSequence(read, around);
  all.open();
  all.begin(0);
  return { steps: all, told, story };
}

it('goes as far as it can, one step after the other', () => {
  const { steps, told, story } = sequence('  - after: 1 s\n  - expect: new leader\n  - name: { first: leader }\n');
  expect(steps.advance(() => 0)).toEqual({ kind: 'wait', untilNs: 1e9 });
  expect([told, steps.number]).toEqual([[], 1]);
  expect(steps.advance(() => 1e9)).toMatchObject({ kind: 'wait', untilNs: 11e9 });
  expect([told, steps.number]).toEqual([['waits', 'expects new leader'], 2]);
  for (const event of story.elect(2, 1).story.events) steps.take(event);
  steps.look(2e9);
  expect(steps.advance(() => 2e9)).toEqual({ kind: 'done' });
  expect(told.slice(2)).toEqual(['as expected', 'first is node 2']);
});

it('ends with a step that fails, and names it', () => {
  const { steps, told } = sequence('  - heal-all\n  - expect: two leaders\n  - heal-all\n');
  expect(steps.advance(() => 0)).toMatchObject({ kind: 'wait' });
  const failed = steps.advance(() => 20e9);
  expect(failed).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/^step 2 \(line 4\) waited 10 s for “two leaders”/),
  });
  expect(told[2]).toMatch(/^waited 10 s/);
});
