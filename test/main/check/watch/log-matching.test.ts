import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

describe('log matching', () => {
  it('is broken by entries of a term behind an entry of another term', () => {
    const story = new MonitorStory().append(0, 1, 2, 1).append(1, 1, 2, 1);
    story.append(0, 3, 3, 2).append(2, 1, 2, 1).truncate(2, 2, 2).append(2, 2, 2, 1).append(2, 3, 3, 2);
    expect(story.broken).toEqual([]);
    story.append(1, 3, 3, 4).append(2, 4, 4, 4);
    expect(story.violations).toMatchObject([
      { promise: 'log-matching', rule: 'previous-entry-check', events: [{ node: 1 }, { node: 2 }] },
    ]);
  });

  it('is broken by a hole, and by terms that fall', () => {
    expect(new MonitorStory().append(0, 2, 2, 1).broken).toEqual(['log-matching']);
    expect(new MonitorStory().append(0, 1, 1, 2).append(0, 2, 2, 1).broken).toEqual(['log-matching']);
  });

  it('looks at what a restart finds, too', () => {
    const story = new MonitorStory().append(0, 1, 2, 1).append(0, 3, 3, 2);
    story.start(1, {
      term: 2,
      lastIndex: 2,
      termRuns: [
        { term: 1, firstIndex: 1 },
        { term: 2, firstIndex: 2 },
      ],
    });
    expect(story.broken).toEqual(['log-matching']);
  });

  it('goes on behind a snapshot', () => {
    const story = new MonitorStory().append(0, 1, 5, 1).append(0, 6, 6, 2).append(1, 1, 5, 1).commit(1, 0, 5, 2);
    story.tell(1, { type: 'log-compacted', firstIndex: 1, lastIncludedIndex: 5, reason: 'x' }).append(1, 6, 6, 2);
    story.start(2, { lastIndex: 5, snapshot: { lastIncludedIndex: 5, lastIncludedTerm: 1 } }).append(2, 6, 7, 2);
    expect(story.broken).toEqual([]);
  });
});
