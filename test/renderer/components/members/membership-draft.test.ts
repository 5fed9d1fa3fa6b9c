import { describe, expect, it } from 'vitest';
import { draftOf, idsWith, withPart } from '../../../../renderer/components/members/membership-draft.ts';
import { votersOnly } from '../../../../shared/configuration.ts';

const joint = {
  voters: votersOnly([1, 2, 3]).voters,
  outgoing: votersOnly([0, 1, 2]).voters,
  learners: votersOnly([4]).voters,
};

describe('a draft of the membership', () => {
  it('begins with what is in force, without those that are leaving', () => {
    const draft = draftOf([0, 1, 2, 3, 4, 5], joint);
    expect(draft).toEqual({ 0: 'none', 1: 'voter', 2: 'voter', 3: 'voter', 4: 'learner', 5: 'none' });
    expect(idsWith(draft, 'voter')).toEqual([1, 2, 3]);
    expect(idsWith(draft, 'learner')).toEqual([4]);
  });

  it('takes every node for a voter before a configuration is known', () => {
    expect(draftOf([0, 1], undefined)).toEqual({ 0: 'voter', 1: 'voter' });
  });

  it('lets a node vote, or learn, or neither', () => {
    const learner = withPart({ 0: 'voter' }, 0, 'learner', true);
    expect(learner).toEqual({ 0: 'learner' });
    expect(withPart(learner, 0, 'learner', false)).toEqual({ 0: 'none' });
  });
});
