import { expect, it } from 'vitest';
import { standing } from '../../../main/scenario/standing.ts';
import { World } from '../../../main/scenario/world.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { conditionOf, ScenarioStory } from '../../support/scenario-story.ts';

it('says who leads, what each server does, and what became of the requests in question', () => {
  expect(standing(new World())).toBe('no cluster runs');
  const story = new ScenarioStory(3).elect(1, 2);
  story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'as asked' });
  story.lab({ type: 'node-fault', target: 2, fault: 'pause', faultRule: 'pause 2', reason: 'as asked' });
  expect(standing(story.world, conditionOf({ all: ['request first answered', { not: 'second shows [a]' }] }))).toBe(
    'node 1 leads in term 2; node 0: crashed, term 2, commit 0 of 0, node 1: leader, term 2, commit 0 of 0, ' +
      'node 2: follower, paused, term 2, commit 0 of 0; "first" was not asked yet; "second" was not asked yet',
  );
  const answer = (text: string): string => standing(story.world, conditionOf(text)).split('; ').at(-1) ?? '';
  story.world.requests.set('first', { state: 'pending' });
  expect(answer('entries of first lost')).toBe('"first" is pending');
  story.world.answer('first', fail('no-leader', 'There is none.'));
  expect(answer('request first answered')).toBe('"first" failed (no-leader): There is none');
  const entries = Array.from({ length: 12 }, (_, index) => ({
    index,
    term: 1,
    kind: 'client',
    payload: new TextEncoder().encode(`${index}`),
  }));
  story.world.answer('first', succeed({ kind: 'index-range', entries, appliedIndex: 12 }));
  expect(answer('first shows [x]')).toBe('"first" shows [0, 1, 2, 3, 4, 5, 6, 7, 8, 9 …]');
});

it('says why nobody leads', () => {
  const story = new ScenarioStory(3);
  for (const target of [0, 1]) story.lab({ type: 'node-ended', target, cause: 'crashed', reason: 'as asked' });
  expect(standing(story.world)).toMatch(/^No majority: 1 of 3 voters can vote.*; node 0: crashed/);
});
