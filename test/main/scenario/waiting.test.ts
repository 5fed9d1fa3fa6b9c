import { expect, it } from 'vitest';
import { Waiting } from '../../../main/scenario/waiting.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';

const ms = 1e6;

it('counts from when it is made, and is asked from when it is its turn', () => {
  const story = new ScenarioStory(3);
  const waiting = new Waiting(conditionOf('new leader'), 0);
  for (const event of story.elect(0, 1).story.events) waiting.take(event, story.world);
  waiting.look(story.world, 1);
  expect(waiting.isMet).toBe(false);
  waiting.ask(story.world, 2);
  expect(waiting.isMet).toBe(true);
});

it('must hold for long enough without a break, and stays met', () => {
  const story = new ScenarioStory(3).elect(0, 1);
  const waiting = new Waiting(conditionOf('leader elected'), 5);
  waiting.ask(story.world, 0);
  expect([waiting.isMet, waiting.metAtNs]).toEqual([false, 5 * ms]);
  story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
  waiting.look(story.world, 4 * ms);
  expect(waiting.metAtNs).toBeUndefined();
  story.elect(1, 2);
  waiting.look(story.world, 6 * ms);
  waiting.look(story.world, 10 * ms);
  expect(waiting.isMet).toBe(false);
  waiting.look(story.world, 11 * ms);
  expect(waiting.isMet).toBe(true);
  story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'as asked' });
  waiting.look(story.world, 12 * ms);
  expect(waiting.isMet).toBe(true);
});
