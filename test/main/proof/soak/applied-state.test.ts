import { expect, it } from 'vitest';
import { AppliedState } from '../../../../main/proof/soak/applied-state.ts';
import { EventStory } from '../../../support/event-story.ts';

it('says who has applied something else, or less', () => {
  const story = new EventStory();
  const state = new AppliedState();
  const apply = (node: number, to: number, digest: number): void =>
    state.observe(story.tell(node, { type: 'entries-applied', from: 1, to, digest }));
  apply(0, 5, 7);
  expect(state.difference([0, 1])).toBe('node 0 has applied up to 5, digest 7, node 1 has applied nothing');
  apply(1, 5, 8);
  expect(state.difference([0, 1])).toContain('node 1 has applied up to 5, digest 8');
  apply(1, 5, 7);
  expect(state.difference([0, 1])).toBeUndefined();
});
