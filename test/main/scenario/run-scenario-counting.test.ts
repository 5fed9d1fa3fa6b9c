/** What a scenario counts from, and what it waits for at its end, over a lab that is driven by hand. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../main/scenario/read-scenario.ts';
import { runScenario } from '../../../main/scenario/run-scenario.ts';
import type { ScenarioResult } from '../../../main/scenario/scenario-run.ts';
import { fail } from '../../../shared/result.ts';
import { required } from '../../../shared/assert.ts';
import { EventStory } from '../../support/event-story.ts';
import { HandPort } from '../../support/hand-port.ts';

function run(text: string): { readonly port: HandPort; readonly ended: () => ScenarioResult | undefined } {
  const reading = readScenario(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const port = new HandPort();
  let ended: ScenarioResult | undefined;
  runScenario(port, required(reading.scenario.variants[0], 'one variant'), { title: 'a test' }, (result) => {
    ended = result;
  });
  return { port, ended: () => ended };
}

describe('what a scenario counts', () => {
  it('begins with its cluster: a leader that is elected before everybody has started is new', () => {
    const { port } = run('title: t\nsteps:\n  - expect: new leader\n  - heal-all');
    const story = new EventStory().cluster(3).elect(1, 1, 3);
    port.show(story.events);
    expect(port.asked.map(({ type }) => type)).toEqual(['start-cluster']);
    port.answer('start-cluster');
    expect(port.asked.map(({ type }) => type)).toEqual(['heal-all']);
  });

  it('is nothing of the cluster that ran before', () => {
    const { port } = run('title: t\nsteps:\n  - expect: new leader\n  - heal-all');
    const story = new EventStory().cluster(3).elect(1, 1, 3).cluster(3);
    port.show(story.events);
    port.answer('start-cluster');
    expect(port.asked).toEqual([]);
  });
});

describe('the end of a scenario', () => {
  it('waits for each of its requests, also behind a step that was carried out on several servers', () => {
    const { port, ended } = run(
      'title: t\nsteps:\n  - crash-node: [0, 1]\n  - append: { node: 2, entries: [one] }\n    as: late',
    );
    port.show(new EventStory().cluster(3).events);
    port.answer('start-cluster');
    port.answer('crash-node');
    port.answer('crash-node');
    expect(port.asked.map(({ type }) => type)).toEqual(['append']);
    port.pass(1_000);
    // The checks are asked only when it was answered.
    expect(port.asked.map(({ type }) => type)).toEqual(['append']);
    port.answer('append');
    expect(port.asked.map(({ type }) => type)).toEqual(['judge']);
    expect(ended()).toBeUndefined();
  });

  it('is at once when its cluster does not start, or another one takes its place', () => {
    const failed = run('title: t\nsteps:\n  - heal-all');
    failed.port.answer('start-cluster', fail('unusable', 'No room.'));
    failed.port.answer('judge', fail('not-running', 'No cluster.'));
    expect(failed.ended()).toMatchObject({ outcome: 'failed', reason: 'the cluster did not start: No room.' });
    expect(failed.port.told.at(-1)).toMatchObject({ type: 'scenario-ended', outcome: 'failed' });
    const replaced = run('title: t\nsteps:\n  - after: 5 s');
    replaced.port.show(new EventStory().cluster(3).events);
    replaced.port.answer('start-cluster');
    replaced.port.show(new EventStory().cluster(3).events);
    replaced.port.pass(0);
    expect(replaced.ended()).toMatchObject({ outcome: 'not-judged', reason: 'another cluster was started' });
  });
});
