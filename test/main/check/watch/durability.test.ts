import { describe, expect, it } from 'vitest';
import { folderOf, MonitorStory } from '../../../support/monitor-story.ts';

const runs = [{ term: 1, firstIndex: 1 }];
const written = (): MonitorStory => new MonitorStory().append(0, 1, 5, 1).persist(0, 4, 1).crash(0);

describe('durability', () => {
  it('is broken by a log that lost what was on disk', () => {
    const story = written().start(0, { term: 1, lastIndex: 3, termRuns: runs });
    expect(story.violations).toMatchObject([
      { promise: 'durability', sentence: 'Node 0 had entries up to 4 on disk, and finds 3 after its restart.' },
    ]);
  });

  it('is broken by another entry in the place of one that was on disk', () => {
    const story = written().start(0, { term: 1, lastIndex: 4, termRuns: [...runs, { term: 2, firstIndex: 3 }] });
    expect(story.broken).toEqual(['durability']);
  });

  it('is broken by a snapshot that is gone', () => {
    const story = new MonitorStory().append(0, 1, 5, 1).persist(0, 5, 1).commit(0, 0, 5, 1);
    story.tell(0, { type: 'snapshot-saved', lastIncludedIndex: 5, lastIncludedTerm: 1, bytes: 9 });
    story.start(0, { term: 1, lastIndex: 5, termRuns: runs });
    expect(story.broken).toEqual(['durability']);
  });

  it('lets go what was not on disk, what was removed, and a folder that was wiped', () => {
    expect(written().start(0, { term: 1, lastIndex: 4, termRuns: runs }).broken).toEqual([]);
    expect(written().start(0, { term: 1, lastIndex: 5, termRuns: runs }).broken).toEqual([]);
    expect(written().start(0, { storageId: folderOf(0, 'b') }).broken).toEqual([]);
    const removed = new MonitorStory().append(0, 1, 5, 1).persist(0, 5, 1).truncate(0, 2, 5);
    expect(removed.start(0, { term: 1, lastIndex: 1, termRuns: runs }).verdictOf('durability')).toBe('held');
  });

  it('lets either be found when a snapshot was being installed', () => {
    const installing = (): MonitorStory =>
      new MonitorStory()
        .append(0, 1, 5, 1)
        .persist(0, 5, 1)
        .tell(0, { type: 'snapshot-installed', lastIncludedIndex: 9, lastIncludedTerm: 2, reason: 'x' });
    const snapshot = { lastIncludedIndex: 9, lastIncludedTerm: 2 };
    expect(installing().start(0, { term: 2, lastIndex: 5, termRuns: runs }).broken).toEqual([]);
    expect(installing().start(0, { term: 2, lastIndex: 9, snapshot }).broken).toEqual([]);
    const done = installing().persist(0, 9, 2).start(0, { term: 2, lastIndex: 5, termRuns: runs });
    expect(done.broken).toEqual(['durability']);
  });
});
