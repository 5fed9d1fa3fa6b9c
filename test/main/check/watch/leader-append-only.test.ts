import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

describe('leader append-only', () => {
  it('is broken by a leader that removes an entry', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 3, 1).truncate(0, 3, 3);
    expect(story.violations).toMatchObject([{ promise: 'leader-append-only' }]);
  });

  it('is broken by a leader that takes in a snapshot', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 3, 1);
    story.tell(0, { type: 'snapshot-installed', lastIncludedIndex: 9, lastIncludedTerm: 1, reason: 'x' });
    expect(story.broken).toContain('leader-append-only');
  });

  it('says nothing of a leader that has stepped down', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 3, 1);
    story.tell(0, { type: 'role-changed', from: 'leader', to: 'follower', term: 1, reason: 'x' }).truncate(0, 2, 3);
    expect(story.broken).toEqual([]);
  });
});
