import { describe, expect, it } from 'vitest';
import { folderOf, MonitorStory } from '../../../support/monitor-story.ts';

describe('monotonic', () => {
  it('is broken by a term that falls', () => {
    const story = new MonitorStory().tell(0, { type: 'term-changed', from: 0, to: 5, reason: 'x' });
    story.tell(0, { type: 'term-changed', from: 5, to: 4, reason: 'x' });
    expect(story.violations).toMatchObject([{ promise: 'monotonic', sentence: 'Node 0 goes from term 5 to 4.' }]);
  });

  it('is broken by a restart in an earlier term than the disk had', () => {
    const story = new MonitorStory().tell(0, { type: 'term-changed', from: 0, to: 5, reason: 'x' });
    story.persist(0, 0, 5).crash(0).start(0, { term: 4 });
    expect(story.violations).toMatchObject([{ promise: 'monotonic', rule: 'persist-before-reply' }]);
  });

  it('lets a term fall that never reached the disk, and on a new folder', () => {
    const story = new MonitorStory().tell(0, { type: 'term-changed', from: 0, to: 5, reason: 'x' }).start(0);
    expect(story.persist(0, 0, 3).start(0, { storageId: folderOf(0, 'b') }).broken).toEqual([]);
  });

  it('is broken by a commit index that falls or stands, and not by a restart', () => {
    const story = new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1).commit(0, 0, 3, 1);
    story.crash(0).start(0, { term: 1, lastIndex: 3, termRuns: [{ term: 1, firstIndex: 1 }] });
    expect(story.commit(0, 0, 2, 1).broken).toEqual([]);
    expect(story.commit(0, 2, 1, 1).broken).toEqual(['monotonic']);
  });

  it('is broken by a state machine that goes back to a snapshot', () => {
    const story = new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1).commit(0, 0, 3, 1).apply(0, 1, 3, 3);
    story.tell(0, { type: 'snapshot-restored', lastIncludedIndex: 2, digest: 2 });
    expect(story.broken).toEqual(['monotonic']);
  });
});
