import { expect, it } from 'vitest';
import { ScenarioStory } from '../../support/scenario-story.ts';

it('combines conditions, each with its own memory', () => {
  const story = new ScenarioStory(3).elect(0, 1);
  const both = story.watch({ all: ['new leader', { not: 'node 0 is leader' }] });
  const either = story.watch({ any: ['new leader', 'no leader'] });
  const not = story.watch('not leader elected');
  expect([both(), either(), not()]).toEqual([false, false, false]);
  story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
  expect([both(), either(), not()]).toEqual([false, true, true]);
  story.elect(1, 2);
  expect([both(), either(), not()]).toEqual([true, true, false]);
});

it('asks the world, requests, events and workloads', () => {
  const story = new ScenarioStory(3);
  expect(
    ['logs equal', 'request first answered', 'violation', 'workload answered at most 0'].map((words) =>
      story.holds(words),
    ),
  ).toEqual([true, false, false, true]);
});
