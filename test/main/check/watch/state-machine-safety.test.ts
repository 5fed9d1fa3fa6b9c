import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

const applied = (): MonitorStory =>
  new MonitorStory()
    .elect(0, 1, 0)
    .replicate(0, [1], 1, 3, 1)
    .commit(0, 0, 3, 1)
    .commit(1, 0, 3, 1)
    .apply(0, 1, 1, 11)
    .apply(0, 2, 3, 33);

describe('state-machine safety', () => {
  it('is broken by another digest at the same index', () => {
    const story = applied().apply(1, 1, 3, 34);
    expect(story.violations).toMatchObject([{ promise: 'state-machine-safety', events: [{ node: 0 }, { node: 1 }] }]);
  });

  it('is broken by a snapshot with another digest', () => {
    const story = applied().tell(1, { type: 'snapshot-restored', lastIncludedIndex: 3, digest: 1 });
    expect(story.broken).toEqual(['state-machine-safety']);
  });

  it('is broken by entries that are applied twice, left out, or not committed', () => {
    expect(applied().apply(0, 3, 3, 33).broken).toEqual(['state-machine-safety']);
    expect(applied().apply(1, 2, 3, 33).broken).toEqual(['state-machine-safety']);
    expect(applied().append(0, 4, 4, 1).apply(0, 4, 4, 44).broken).toEqual(['state-machine-safety']);
  });

  it('holds when all apply the same, after a restart too', () => {
    const story = applied().apply(1, 1, 3, 33).crash(0);
    story.start(0, { term: 1, lastIndex: 3, termRuns: [{ term: 1, firstIndex: 1 }] });
    story.commit(0, 0, 3, 1).apply(0, 1, 3, 33);
    expect(story.verdictOf('state-machine-safety')).toBe('held');
  });

  it('loses its evidence where what others applied is forgotten', () => {
    const story = new MonitorStory(3, { crashMayLoseEvents: false, tableMax: 2 }).elect(0, 1, 0);
    story.replicate(0, [1], 1, 3, 1).commit(0, 0, 3, 1).commit(1, 0, 3, 1);
    story.apply(0, 1, 1, 11).apply(0, 2, 2, 22).apply(0, 3, 3, 33);
    expect(story.verdictOf('state-machine-safety')).toBe('held');
    story.apply(1, 1, 1, 12);
    expect(story.verdictOf('state-machine-safety')).toBe('evidence-lost');
  });
});
