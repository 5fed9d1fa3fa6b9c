import { expect, it } from 'vitest';
import { runTitle, runVariants } from '../../../main/scenario/run-variants.ts';
import type { ScenarioResult } from '../../../main/scenario/scenario-run.ts';
import { scenarioOf } from '../../support/scenario-story.ts';
import { DrivenLab } from '../../support/sim-lab.ts';

const scenario = scenarioOf(`
title: Two
steps: [{ when: leader elected }]
variants: { small: { cluster: { nodes: 1 } }, large: { cluster: { nodes: 5 } } }
`);

it('runs each variant on a cluster of its own, one after the other', () => {
  const driven = new DrivenLab();
  let results: readonly ScenarioResult[] | undefined;
  runVariants(driven.lab, scenario, (all) => {
    results = all;
  });
  driven.until(() => results !== undefined);
  expect(results?.map(({ title, outcome }) => [title, outcome])).toEqual([
    ['Two (small)', 'met'],
    ['Two (large)', 'met'],
  ]);
  expect(driven.eventsOf('cluster-started').map(({ members }) => members.length)).toEqual([1, 5]);
});

it('begins no other one when it is stopped', () => {
  const driven = new DrivenLab();
  let results: readonly ScenarioResult[] | undefined;
  const run = runVariants(driven.lab, scenario, (all) => {
    results = all;
  });
  run.stop('by hand');
  driven.until(() => results !== undefined);
  expect(results).toMatchObject([{ outcome: 'not-judged', reason: 'by hand' }]);
});

it('calls a run by its variant', () => {
  expect([runTitle(scenario, 'small'), runTitle(scenario, '')]).toEqual(['Two (small)', 'Two']);
});
