/** Scenarios in the place of the cluster that runs, on real nodes: threads, UDP and disk. */
import { afterEach, expect, it } from 'vitest';
import { readScenario } from '../../../../main/scenario/read-scenario.ts';
import { failureOf, RealLabs, valueOf } from '../../../support/real-lab.ts';
import { until } from '../../../support/until.ts';

const labs = new RealLabs();

afterEach(() => labs.closeAll());

const short = 'title: Short\ncluster: { nodes: 1 }\nsteps:\n  - when: leader elected\n  - append: one\n';
const endless = 'title: Endless\ncluster: { nodes: 1 }\nsteps:\n  - when: leader elected\n  - after: 5 min\n';

it('runs a scenario, tells how it went, and leaves its cluster', async () => {
  const real = await labs.start(3);
  valueOf(await real.lab.execute({ type: 'run-scenario', text: short }));
  await until(() => real.eventsOf('scenario-ended').length > 0, 'the end of the scenario');
  expect(real.eventsOf('scenario-ended')).toMatchObject([{ title: 'Short', outcome: 'met' }]);
  expect(real.lab.snapshot().view.nodes).toHaveLength(1);
  expect(real.lab.snapshot().view.status).toBe('running');
  expect(failureOf(await real.lab.execute({ type: 'stop-scenario' }))).toMatchObject({ code: 'not-running' });
});

it('runs the variant that is named, and says which there are', async () => {
  const real = labs.make();
  const text = `${short}variants:\n  one: {}\n  two: { cluster: { nodes: 2 } }\n`;
  const failure = failureOf(await real.lab.execute({ type: 'run-scenario', text, variant: 'three' }));
  expect(failure).toEqual({ code: 'invalid', message: 'The scenario has no variant "three"; it has "one", "two".' });
  valueOf(await real.lab.execute({ type: 'run-scenario', text, variant: 'two', seed: 7 }));
  await until(() => real.eventsOf('scenario-ended').length > 0, 'the end of the scenario');
  expect(real.eventsOf('scenario-ended')).toMatchObject([{ title: 'Short (two)', outcome: 'met' }]);
  expect(real.lab.snapshot().view).toMatchObject({ seed: 7, nodes: [{ id: 0 }, { id: 1 }] });
});

it('runs one at a time, and stops it when asked to', async () => {
  const real = labs.make();
  const first = endless.replace('Endless', 'First');
  valueOf(await real.lab.execute({ type: 'run-scenario', text: first }));
  await until(() => real.eventsOf('scenario-step').length > 0, 'its first step');
  valueOf(await real.lab.execute({ type: 'run-scenario', text: endless }));
  await until(() => real.eventsOf('scenario-step').length > 1, 'the first step of the other one');
  valueOf(await real.lab.execute({ type: 'stop-scenario' }));
  await until(() => real.eventsOf('scenario-ended').length > 1, 'the end of both');
  expect(real.eventsOf('scenario-ended')).toMatchObject([
    { title: 'First', outcome: 'not-judged', reason: 'Another scenario takes its place.' },
    { title: 'Endless', outcome: 'not-judged', reason: 'It was stopped.' },
  ]);
});

it('says everything that is wrong with a scenario, and leaves the one that runs', async () => {
  const real = labs.make();
  const failure = failureOf(await real.lab.execute({ type: 'run-scenario', text: 'title: t\nsteps:\n  - jump: 1\n' }));
  expect(failure).toMatchObject({ code: 'invalid', message: expect.stringMatching(/^3:5: /) });
  expect(real.eventsOf('scenario-started')).toEqual([]);
});

it('saves what was done as a scenario that can be read', async () => {
  const real = labs.make();
  const save = () => real.lab.execute({ type: 'save-scenario', title: 'Mine' });
  expect(failureOf(await save())).toMatchObject({ code: 'not-running' });
  valueOf(await real.lab.execute({ type: 'start-cluster', nodes: 2 }));
  valueOf(await real.lab.execute({ type: 'crash-node', node: 1 }));
  failureOf(await real.lab.execute({ type: 'crash-node', node: 7 }));
  const { text } = valueOf(await save());
  const reading = readScenario(text);
  expect(reading).toMatchObject({ ok: true, scenario: { title: 'Mine', variants: [{ cluster: { nodes: 2 } }] } });
  expect(text.match(/crash-node/g)).toHaveLength(1);
});
