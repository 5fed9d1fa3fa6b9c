import { describe, expect, it } from 'vitest';
import { votersOnly, type Configuration } from '../../../../shared/configuration.ts';
import { MonitorStory } from '../../../support/monitor-story.ts';

const joint = (to: readonly number[], from: readonly number[]): Configuration => {
  return { ...votersOnly(to), outgoing: votersOnly(from).voters };
};

const change = (story: MonitorStory, node: number, index: number, configuration: Configuration): MonitorStory =>
  story.tell(node, { type: 'configuration-changed', index, configuration, reason: 'x' }).append(node, index, index, 1);

const led = (): MonitorStory => new MonitorStory(5).start(0).elect(0, 1, 0, [0]);

describe('one configuration', () => {
  it('is broken by a second change before the first is committed', () => {
    const story = change(change(led(), 0, 1, votersOnly([0, 1, 2, 3])), 0, 2, votersOnly([0, 1, 2, 3, 4]));
    expect(story.violations).toMatchObject([{ promise: 'one-configuration', rule: 'config-after-own-term-commit' }]);
  });

  it('is broken by a step of two voters, and by a joint configuration with another old half', () => {
    expect(change(led(), 0, 1, votersOnly([0, 3, 4])).broken).toEqual(['one-configuration']);
    expect(change(led(), 0, 1, joint([3, 4], [0, 1])).broken).toEqual(['one-configuration']);
  });

  it('is broken by a server that keeps a configuration which it removed from its log', () => {
    const story = change(new MonitorStory(), 1, 1, votersOnly([0, 1, 2, 3])).truncate(1, 1, 1);
    expect(story.broken).toEqual([]);
    expect(story.persist(1, 0, 1).violations).toMatchObject([
      { promise: 'one-configuration', rule: 'rollback-config-on-truncate' },
    ]);
  });

  it('is broken by a way back to another configuration than the one before', () => {
    const back = {
      type: 'configuration-rolled-back',
      fromIndex: 1,
      index: 0,
      configuration: votersOnly([0, 1]),
      reason: 'x',
      rule: 'rollback-config-on-truncate',
    } as const;
    const changed = (): MonitorStory => change(new MonitorStory(), 1, 1, votersOnly([0, 1, 2, 3]));
    expect(changed().tell(1, back).broken).toEqual(['one-configuration']);
    const right = changed().tell(1, { ...back, configuration: votersOnly([0, 1, 2]) });
    expect(right.truncate(1, 1, 1).persist(1, 0, 1).broken).toEqual([]);
  });

  it('is broken by two servers that commit different configurations', () => {
    const story = change(new MonitorStory(), 1, 1, votersOnly([0, 1, 2, 3]));
    change(story, 2, 1, votersOnly([0, 1]))
      .commit(1, 0, 1, 1)
      .commit(2, 0, 1, 1);
    expect(story.broken).toEqual(['one-configuration']);
  });

  it('holds through a joint change and one of a single server', () => {
    const story = change(led(), 0, 1, joint([2, 3, 4], [0, 1, 2])).persist(0, 1, 1);
    for (const id of [1, 2, 3]) story.append(id, 1, 1, 1).persist(id, 1, 1);
    story.commit(0, 0, 1, 1);
    change(story, 0, 2, votersOnly([2, 3, 4]));
    for (const id of [2, 3]) story.append(id, 2, 2, 1).persist(id, 2, 1);
    story.commit(0, 1, 2, 1);
    change(story, 0, 3, votersOnly([2, 3]));
    expect(story.broken).toEqual([]);
    expect(story.verdictOf('one-configuration')).toBe('held');
  });
});
