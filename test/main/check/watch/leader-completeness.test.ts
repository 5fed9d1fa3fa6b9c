import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

const committed = (): MonitorStory => new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1).commit(0, 0, 3, 1);

describe('leader completeness', () => {
  it('is broken by a leader whose log is too short', () => {
    const story = committed().elect(2, 2, 1);
    expect(story.violations).toMatchObject([{ promise: 'leader-completeness', rule: 'up-to-date-vote' }]);
    expect(story.violations[0]?.sentence).toBe(
      'Node 2 leads term 2 without the committed entry 3 of term 1: its log ends at 0.',
    );
  });

  it('is broken by a leader that has another entry there', () => {
    const story = committed().append(2, 1, 2, 1).append(2, 3, 4, 2).elect(2, 3, 1, [2]);
    expect(story.broken).toContain('leader-completeness');
  });

  it('is broken by a commit of an old term that the stream tells of after the election of a leader without it', () => {
    const story = new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1);
    story.elect(2, 2, 1, [2]).append(2, 1, 1, 2);
    expect(story.broken).toEqual([]);
    story.commit(0, 0, 3, 1);
    expect(story.violations).toMatchObject([
      { promise: 'leader-completeness', events: [{ node: 2, type: 'role-changed' }, { type: 'commit-advanced' }] },
    ]);
  });

  it('asks nothing of a leader about what was committed in its own term or later', () => {
    const story = committed().elect(1, 2, 1).append(1, 4, 4, 2);
    story.append(0, 4, 4, 2).persist(0, 4, 2).persist(1, 4, 2).commit(1, 0, 4, 2).commit(0, 3, 4, 2);
    expect(story.broken).toEqual([]);
    expect(story.verdictOf('leader-completeness')).toBe('held');
  });

  it('counts a snapshot as the entries that it covers', () => {
    const story = committed();
    story.start(2, { term: 1, lastIndex: 3, snapshot: { lastIncludedIndex: 3, lastIncludedTerm: 1 } });
    story.elect(2, 2, 1, [2]);
    expect(story.broken).toEqual([]);
  });
});
