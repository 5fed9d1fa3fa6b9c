import { describe, expect, it } from 'vitest';
import { beginRun, planRun, runTitle, type ScenarioOrder } from '../../../main/scenario/run-text.ts';
import { SimLab } from '../../../main/sim/lab/sim-lab.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

const text = `
title: T
cluster: { seed: 3 }
steps:
  - when: leader elected
variants:
  three: {}
  five: { cluster: { nodes: 5 } }
`;
const plain = 'title: P\nsteps:\n  - when: leader elected\n';

function run(order: ScenarioOrder): readonly LabEvent[] {
  const planned = planRun(order);
  if (!planned.ok) throw new Error(planned.failure.message);
  const lab = new SimLab({ seed: 1 });
  const events: LabEvent[] = [];
  lab.subscribe((some) => events.push(...some));
  const state = { isOver: false };
  beginRun(lab, planned.value, () => {
    state.isOver = true;
  });
  lab.advance(60e9, () => state.isOver);
  return events;
}

describe('a run of a scenario as text', () => {
  it.each([
    [{ text }, 'T (three)', 3, 3],
    [{ text, variant: 'five' }, 'T (five)', 5, 3],
    [{ text, variant: 'five', seed: 9 }, 'T (five)', 5, 9],
    [{ text: plain }, 'P', 3, 1],
  ])('of %j is that of the variant that is named, or of the first', (order, title, nodes, seed) => {
    const events = run(order);
    const [started] = events.flatMap((event) => (event.type === 'cluster-started' ? [event] : []));
    expect(started).toMatchObject({ seed });
    expect(started?.members).toHaveLength(nodes);
    expect(events.at(-1)).toMatchObject({ type: 'scenario-ended', title, outcome: 'met' });
  });

  it.each([
    [{ text, variant: 'six' }, 'The scenario has no variant "six"; it has "three", "five".'],
    [{ text: plain, variant: 'six' }, 'The scenario has no variant "six"; it has none.'],
    [{ text: 'title: t\nsteps:\n  - jump: 1\n' }, '3:5: '],
  ])('of %j is refused in words', (order, message) => {
    expect(planRun(order)).toMatchObject({ failure: { code: 'invalid', message: expect.stringContaining(message) } });
  });
});

it('names a variant only where there are several', () => {
  const scenario = scenarioOf(text);
  expect([runTitle(scenario, ''), runTitle(scenario, 'five')]).toEqual(['T', 'T (five)']);
});
