import { describe, expect, it } from 'vitest';
import { Waiting } from '../../../main/scenario/waiting.ts';
import { World } from '../../../main/scenario/world.ts';
import { EventStory } from '../../support/event-story.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';

const ms = 1_000_000;

/** A world in which request `first` is pending, or is not. */
function pending(isPending: boolean): World {
  const world = new World();
  if (isPending) world.requests.set('first', { state: 'pending' });
  return world;
}

describe('Waiting', () => {
  it('comes true only when it is its turn, and stays so', () => {
    const waiting = new Waiting(conditionOf('request first pending'), 0);
    waiting.look(pending(true), 5 * ms);
    expect([waiting.isMet, waiting.metAtNs]).toEqual([false, undefined]);
    waiting.ask(pending(false), 6 * ms);
    expect(waiting.isMet).toBe(false);
    waiting.look(pending(true), 7 * ms);
    expect(waiting.isMet).toBe(true);
    waiting.look(pending(false), 8 * ms);
    expect(waiting.isMet).toBe(true);
  });

  it('counts what happened before its turn', () => {
    const story = new ScenarioStory(3);
    const waiting = new Waiting(conditionOf('leader changes'), 0);
    for (const event of new EventStory().cluster(3).elect(0, 1, 3).events) waiting.take(event, story.world);
    expect(waiting.isMet).toBe(false);
    waiting.ask(story.world, 0);
    expect(waiting.isMet).toBe(true);
  });

  it('must hold so long without a break', () => {
    const waiting = new Waiting(conditionOf('request first pending'), 100);
    waiting.ask(pending(true), 0);
    expect([waiting.isMet, waiting.metAtNs]).toEqual([false, 100 * ms]);
    waiting.look(pending(false), 90 * ms);
    expect(waiting.metAtNs).toBeUndefined();
    waiting.look(pending(true), 100 * ms);
    expect([waiting.isMet, waiting.metAtNs]).toEqual([false, 200 * ms]);
    waiting.look(pending(true), 199 * ms);
    expect(waiting.isMet).toBe(false);
    waiting.look(pending(true), 200 * ms);
    expect(waiting.isMet).toBe(true);
  });
});
