import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

const committed = (): MonitorStory => new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1).commit(0, 0, 3, 1);

describe('acknowledged appends', () => {
  it('are broken by an answer that names another entry than the committed one', () => {
    expect(committed().answered('a', 3, 3, 2).violations).toMatchObject([
      { promise: 'acknowledged-kept', events: [{ type: 'request-answered' }, { type: 'commit-advanced' }] },
    ]);
  });

  it('are broken by a leader without the entry', () => {
    const story = committed().answered('a', 1, 2, 1).answered('b', 3, 3, 1).elect(2, 2, 1);
    expect(story.broken).toEqual(['leader-completeness', 'acknowledged-kept']);
    expect(story.violations[1]?.sentence).toBe(
      'Entry 3 of term 1 was acknowledged, and node 2 leads term 2 without it.',
    );
  });

  it('are broken by an answer that no server ever commits', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 1, 1).answered('a', 1, 1, 1);
    expect(story.broken).toEqual([]);
    expect(story.monitor.finish()).toMatchObject([{ promise: 'acknowledged-kept' }]);
    // Where the last events may be missing, the commit may be among them.
    const lossy = new MonitorStory(3, {}).elect(0, 1, 0).append(0, 1, 1, 1).answered('a', 1, 1, 1);
    expect(lossy.monitor.finish()).toEqual([]);
    expect(lossy.verdictOf('acknowledged-kept')).toBe('evidence-lost');
  });

  it('are not called kept when too many of them wait for their commit', () => {
    const story = new MonitorStory(3, { crashMayLoseEvents: false, tableMax: 1 }).elect(0, 1, 0).append(0, 1, 2, 1);
    expect(story.answered('a', 1, 1, 1).verdictOf('acknowledged-kept')).toBe('held');
    expect(story.answered('b', 2, 2, 1).verdictOf('acknowledged-kept')).toBe('evidence-lost');
  });

  it('are judged when the commit comes behind the answer', () => {
    const early = new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 4, 1).answered('a', 2, 2, 2);
    expect(early.commit(0, 0, 3, 1).commit(0, 3, 4, 1).broken).toEqual(['acknowledged-kept']);
    const right = new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1).answered('a', 2, 2, 1);
    expect(right.commit(0, 0, 3, 1).monitor.finish()).toEqual([]);
  });

  it('lose their evidence over a gap in what the lab says', () => {
    const story = committed().answered('a', 1, 1, 1);
    story.tell(-1, { type: 'cluster-stopped', reason: 'x' }, 1);
    expect(story.verdictOf('acknowledged-kept')).toBe('evidence-lost');
    expect(story.verdictOf('election-safety')).toBe('held');
  });
});
