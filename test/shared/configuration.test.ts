import { describe, expect, it } from 'vitest';
import { describeConfiguration, isJoint, serversOf, votersOnly } from '../../shared/configuration.ts';

const joint = {
  voters: votersOnly([0, 1, 3]).voters,
  outgoing: votersOnly([0, 1, 2]).voters,
  learners: votersOnly([4]).voters,
};

describe('a configuration', () => {
  it('begins with voters of whatever folder', () => {
    expect(votersOnly([0, 1])).toEqual({
      voters: [
        { id: 0, storage: 0 },
        { id: 1, storage: 0 },
      ],
      outgoing: [],
      learners: [],
    });
  });

  it('[6] is joint while it has outgoing servers', () => {
    expect(isJoint(joint)).toBe(true);
    expect(isJoint(votersOnly([0]))).toBe(false);
  });

  it('has each of its servers once', () => {
    expect(serversOf(joint)).toEqual([0, 1, 3, 2, 4]);
  });

  it.each([
    [votersOnly([0, 1, 2]), '{0,1,2}'],
    [{ ...votersOnly([0]), learners: joint.learners }, '{0} + learners {4}'],
    [joint, '{0,1,2}→{0,1,3} + learners {4}'],
  ])('%# reads as %s', (configuration, words) => {
    expect(describeConfiguration(configuration)).toBe(words);
  });
});
