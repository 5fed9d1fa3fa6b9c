import { describe, expect, it } from 'vitest';
import { folderOf, MonitorStory } from '../../../support/monitor-story.ts';

const vote = (story: MonitorStory, voter: number, candidateId: number, term: number): MonitorStory =>
  story.tell(voter, { type: 'vote-granted', candidateId, term, reason: 'x' });

const begun = (): MonitorStory => new MonitorStory().tell(2, { type: 'term-changed', from: 0, to: 1, reason: 'x' });

describe('single vote', () => {
  it('is broken by two votes of one life', () => {
    const story = vote(vote(begun(), 2, 0, 1), 2, 1, 1);
    expect(story.violations).toMatchObject([
      { promise: 'single-vote', rule: 'one-vote-per-term', events: [{ candidateId: 0 }, { candidateId: 1 }] },
    ]);
  });

  it('counts a candidacy as a vote for oneself', () => {
    const story = begun().tell(2, { type: 'election-started', term: 1, votersNeeded: 2, reason: 'x' });
    expect(vote(story, 2, 0, 1).broken).toEqual(['single-vote']);
  });

  it('is broken by a vote that a restart forgot although it was on disk', () => {
    const story = vote(begun(), 2, 0, 1).persist(2, 0, 1, 0).crash(2).start(2, { term: 1 });
    expect(story.broken).toEqual(['durability']);
    expect(vote(story, 2, 1, 1).broken).toEqual(['durability', 'single-vote']);
  });

  it('is broken by a vote that left before it was on disk, and was forgotten', () => {
    const counted = { type: 'vote-counted', from: 2, granted: true, term: 1, votes: [2], votersNeeded: 2 } as const;
    const story = vote(vote(begun(), 2, 0, 1).crash(2).start(2), 2, 1, 1);
    expect(story.broken).toEqual([]);
    expect(story.tell(0, counted).violations).toMatchObject([{ promise: 'single-vote', rule: 'persist-before-reply' }]);
  });

  it('lets a server vote anew when the vote never left, when it repeats it, and on a new folder', () => {
    expect(vote(vote(begun(), 2, 0, 1).crash(2).start(2), 2, 1, 1).broken).toEqual([]);
    expect(vote(vote(begun(), 2, 0, 1), 2, 0, 1).broken).toEqual([]);
    const wiped = vote(begun(), 2, 0, 1)
      .persist(2, 0, 1, 0)
      .start(2, { storageId: folderOf(2, 'b') });
    expect(vote(wiped, 2, 1, 1).broken).toEqual([]);
    expect(wiped.verdictOf('single-vote')).toBe('held');
  });
});
