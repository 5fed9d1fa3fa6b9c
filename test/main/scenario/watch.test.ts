import { describe, expect, it } from 'vitest';
import { watch } from '../../../main/scenario/watch.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';

describe('watch', () => {
  it.each<[object | string, boolean]>([
    [{ all: ['leader elected', 'node 1 is crashed'] }, true],
    [{ all: ['leader elected', 'node 2 is crashed'] }, false],
    [{ any: ['node 2 is crashed', 'leader elected'] }, true],
    [{ any: ['node 2 is crashed', 'no leader'] }, false],
    ['not leader elected', false],
    ['not node 2 is crashed', true],
    ['not not leader elected', true],
    ['not first shows [a]', true],
    [{ not: { any: [{ all: ['leader elected', 'no leader'] }, 'two leaders'] } }, true],
    [{ all: ['term 1', { request: 'first', is: 'pending' }, 'not violation', 'workload answered at most 0'] }, true],
  ])('%j: %s', (condition, expected) => {
    const story = new ScenarioStory(3).elect(0, 1);
    story.lab({ type: 'node-ended', target: 1, cause: 'crashed', reason: 'a test' });
    story.world.requests.set('first', { state: 'pending' });
    expect(story.holds(condition)).toBe(expected);
  });

  it('counts in each part of a combination, from when it is made', () => {
    const story = new ScenarioStory(3).elect(0, 1);
    const both = story.watch({ all: ['leader changes', { not: 'elections 2' }] });
    expect(both()).toBe(false);
    story.tell(1, { type: 'election-started', term: 2, votersNeeded: 2, reason: 'a test' });
    story.succeed(0, 1, 2);
    expect(both()).toBe(true);
    story.tell(2, { type: 'election-started', term: 3, votersNeeded: 2, reason: 'a test' });
    expect(both()).toBe(false);
  });

  it('keeps nothing from one watch of a condition to the next', () => {
    const story = new ScenarioStory(3);
    const condition = conditionOf('leader changes');
    const first = watch(condition);
    for (const event of story.elect(0, 1).story.events) first.take(event, story.world);
    expect([first.holds(story.world, 0), watch(condition).holds(story.world, 0)]).toEqual([true, false]);
  });
});
