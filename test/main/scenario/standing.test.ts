import { describe, expect, it } from 'vitest';
import { standing } from '../../../main/scenario/standing.ts';
import { World } from '../../../main/scenario/world.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';

const rangeOf = (texts: readonly string[]) => ({
  kind: 'index-range',
  entries: texts.map((text, index) => ({ index, term: 1, kind: 'client', payload: new TextEncoder().encode(text) })),
  appliedIndex: texts.length,
});

describe('standing', () => {
  it('says who leads and what each server does', () => {
    const story = new ScenarioStory(3).elect(0, 2);
    story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 3, term: 2, reason: 'a test' });
    story.tell(0, { type: 'commit-advanced', from: 0, to: 2, term: 2, reason: 'a test' });
    story.lab({ type: 'node-ended', target: 1, cause: 'stopped', reason: 'a test' });
    story.lab({ type: 'node-fault', target: 2, fault: 'pause', faultRule: 'pause 2', reason: 'a test' });
    expect(standing(story.world)).toBe(
      'node 0 leads in term 2; node 0: leader, term 2, commit 2 of 3, node 1: stopped, term 2, commit 0 of 0, ' +
        'node 2: follower, paused, term 2, commit 0 of 0',
    );
  });

  it('says why nobody leads, and where there is no cluster', () => {
    expect(standing(new World())).toBe('no cluster runs');
    const story = new ScenarioStory(3);
    for (const target of [0, 1]) story.lab({ type: 'node-ended', target, cause: 'crashed', reason: 'a test' });
    expect(standing(story.world)).toMatch(/^No majority: .*Nodes 0 and 1 have crashed; node 0: crashed, /);
  });

  it('says what became of the requests that the condition speaks of', () => {
    const story = new ScenarioStory(1).elect(0, 1, 1);
    const { world } = story;
    const told = (condition: unknown): string =>
      standing(world, conditionOf(condition)).split('; ').slice(2).join('; ');
    expect(told('request first answered')).toBe('"first" was not asked yet');
    world.requests.set('first', { state: 'pending' });
    expect(told({ not: 'entries of first lost' })).toBe('"first" is pending');
    world.answer('first', succeed(null));
    world.answer('second', fail('timed-out', 'No answer came.'));
    expect(told({ any: ['request second answered', { all: ['request first pending', 'second shows [a]'] }] })).toBe(
      '"second" failed (timed-out): No answer came; "first" is answered',
    );
    expect(told('leader elected')).toBe('');
    world.answer('first', succeed(rangeOf(['a', 'b'])));
    expect(told('first shows [c]')).toBe('"first" shows [a, b]');
    world.answer('first', succeed(rangeOf('abcdefghijklm'.split(''))));
    expect(told('first shows [c]')).toBe('"first" shows [a, b, c, d, e, f, g, h, i, j …]');
  });
});
