import { describe, expect, it } from 'vitest';
import { runTitle, runVariants } from '../../../main/scenario/run-variants.ts';
import type { ScenarioResult, ScenarioRun } from '../../../main/scenario/scenario-run.ts';
import { SimLab } from '../../../main/sim/lab/sim-lab.ts';
import type { LabEvent } from '../../../shared/event.ts';
import { scenarioOf } from '../../support/scenario-story.ts';

const text = `
title: T
steps:
  - when: leader elected
variants:
  three: {}
  five: { cluster: { nodes: 5 } }
  other: { steps: [{ expect: two leaders, within: 1 s }] }
`;

function run(onEvent: (event: LabEvent, variants: () => ScenarioRun | undefined) => void = () => {}) {
  const lab = new SimLab({ seed: 1 });
  const events: LabEvent[] = [];
  const begun: { run?: ScenarioRun } = {};
  lab.subscribe((some) => {
    for (const event of some) {
      events.push(event);
      onEvent(event, () => begun.run);
    }
  });
  let results: readonly ScenarioResult[] | undefined;
  begun.run = runVariants(lab, scenarioOf(text), (all) => {
    results = all;
  });
  lab.advance(60e9, () => results !== undefined);
  return { results, events };
}

describe('runVariants', () => {
  it('runs each on a cluster of its own, one after the other, also behind one that fails', () => {
    const { results, events } = run();
    expect(results?.map(({ title, outcome }) => [title, outcome])).toEqual([
      ['T (three)', 'met'],
      ['T (five)', 'met'],
      ['T (other)', 'failed'],
    ]);
    const marks = events.flatMap((event): readonly (string | number)[] => {
      if (event.type === 'cluster-started') return [event.members.length];
      return event.type === 'scenario-started' || event.type === 'scenario-ended' ? [event.type] : [];
    });
    const [begin, end] = ['scenario-started', 'scenario-ended'];
    expect(marks).toEqual([begin, 3, end, begin, 5, end, begin, 3, end]);
  });

  it('begins no other once it is stopped', () => {
    const { results } = run((event, variants) => {
      if (event.type === 'cluster-started' && event.members.length === 5) variants()?.stop('enough');
    });
    expect(results?.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['met', ''],
      ['not-judged', 'enough'],
    ]);
  });
});

it('names a variant only where there are several', () => {
  const scenario = scenarioOf(text);
  expect([runTitle(scenario, ''), runTitle(scenario, 'five')]).toEqual(['T', 'T (five)']);
});
