import { expect, it } from 'vitest';
import { readScenario } from '../../../../../main/scenario/read-scenario.ts';
import { DrivenLab } from '../../../../support/sim-lab.ts';

const short = 'title: Short\ncluster: { nodes: 1 }\nsteps:\n  - when: leader elected\n  - append: one\n';
const endless = 'title: Endless\ncluster: { nodes: 1 }\nsteps:\n  - when: leader elected\n  - after: 5 min\n';

it('runs a scenario, tells how it went, and leaves its cluster', () => {
  const driven = new DrivenLab();
  driven.do({ type: 'run-scenario', text: short });
  driven.until(() => driven.eventsOf('scenario-ended').length > 0);
  expect(driven.eventsOf('scenario-ended')).toMatchObject([{ title: 'Short', outcome: 'met' }]);
  expect(driven.lab.view).toMatchObject({ status: 'running', nodes: [{ id: 0 }] });
  expect(driven.ask({ type: 'stop-scenario' })).toMatchObject({ failure: { code: 'not-running' } });
});

it('runs one at a time, and stops it when asked to', () => {
  const driven = new DrivenLab();
  driven.do({ type: 'run-scenario', text: endless.replace('Endless', 'First') });
  driven.until(() => driven.eventsOf('scenario-step').length > 0);
  driven.do({ type: 'run-scenario', text: endless });
  driven.until(() => driven.eventsOf('scenario-step').length > 1);
  driven.do({ type: 'stop-scenario' });
  driven.until(() => driven.eventsOf('scenario-ended').length > 1);
  expect(driven.eventsOf('scenario-ended')).toMatchObject([
    { title: 'First', outcome: 'not-judged', reason: 'Another scenario takes its place.' },
    { title: 'Endless', outcome: 'not-judged', reason: 'It was stopped.' },
  ]);
});

it('says everything that is wrong with a scenario', () => {
  const driven = new DrivenLab();
  const answer = driven.ask({ type: 'run-scenario', text: 'title: t\nsteps:\n  - jump: 1\n' });
  expect(answer).toMatchObject({ failure: { code: 'invalid', message: expect.stringMatching(/^3:5: /) } });
  expect(driven.eventsOf('scenario-started')).toEqual([]);
});

it('saves what was done as a scenario that tells the same again', () => {
  const driven = new DrivenLab();
  const save = () => driven.ask({ type: 'save-scenario', title: 'Mine' });
  expect(save()).toMatchObject({ failure: { code: 'not-running' } });
  const networkDelay = { minMs: 10, maxMs: 20 };
  driven.do({ type: 'start-cluster', nodes: 3, seed: 7, world: 'simulated', networkDelay });
  driven.leader();
  driven.runFor(50);
  driven.do({ type: 'crash-node', node: 1 });
  driven.ask({ type: 'crash-node', node: 7 });
  const saved = save();
  const text = saved.ok ? saved.value.text : '';
  const reading = readScenario(text);
  expect(reading).toMatchObject({
    ok: true,
    scenario: { title: 'Mine', variants: [{ cluster: { nodes: 3, seed: 7, networkDelay } }] },
  });
  expect(text.match(/crash-node/g)).toHaveLength(1);
  expect(text).not.toContain('world');
  const again = new DrivenLab();
  again.do({ type: 'run-scenario', text });
  again.until(() => again.eventsOf('node-ended').length > 0);
  const elected = (lab: DrivenLab) => lab.eventsOf('role-changed').map(({ node, to, term }) => [node, to, term]);
  expect(elected(again)).toEqual(elected(driven));
});
