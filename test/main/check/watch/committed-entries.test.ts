import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

const committed = (): MonitorStory => new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 3, 1).commit(0, 0, 3, 1);

describe('committed entries', () => {
  it('are broken by a server that commits another entry there', () => {
    const story = committed().append(2, 1, 2, 1).append(2, 3, 3, 2).commit(2, 0, 3, 2);
    expect(story.violations).toMatchObject([{ promise: 'committed-entries', rule: 'own-term-commit' }]);
    expect(story.violations[0]?.sentence).toBe('Node 2 commits entry 3 of term 2, where one of term 1 was committed.');
    expect(story.violations[0]?.events).toMatchObject([
      { node: 0, to: 3 },
      { node: 2, to: 3 },
    ]);
  });

  it('are broken by a server that removes what it has committed', () => {
    const story = committed().commit(1, 0, 3, 1).truncate(1, 2, 3);
    expect(story.broken).toEqual(['committed-entries']);
  });

  it('are broken by a server that removes what was committed in its term', () => {
    const story = committed().truncate(1, 3, 3);
    expect(story.violations).toMatchObject([{ promise: 'committed-entries' }]);
  });

  it('let a server of an older term remove its copy of what was committed since (Figure 8)', () => {
    const story = new MonitorStory(5).elect(0, 2, 0, [0, 1]).append(0, 1, 1, 2).append(1, 1, 1, 2);
    // 4 leads term 3 with an entry of its own at 1, and 0 leads term 4 and commits its old entry with one of its own term.
    story.tell(1, { type: 'term-changed', from: 2, to: 3, reason: 'x' });
    story.elect(0, 4, 2, [0]).append(0, 2, 2, 4).persist(0, 2, 4);
    for (const id of [2, 3]) story.append(id, 1, 1, 2).append(id, 2, 2, 4).persist(id, 2, 4);
    story.commit(0, 0, 2, 4).truncate(1, 1, 1).append(1, 1, 1, 3);
    expect(story.broken).toEqual([]);
  });

  it('are broken by a commit behind the end of the log', () => {
    expect(committed().append(2, 1, 2, 1).commit(2, 0, 3, 1).broken).toEqual(['committed-entries']);
  });

  it('are broken by a snapshot that ends with another entry', () => {
    const story = committed();
    story.tell(2, { type: 'snapshot-installed', lastIncludedIndex: 3, lastIncludedTerm: 2, reason: 'x' });
    expect(story.broken).toEqual(['committed-entries']);
    const found = committed().start(2, { lastIndex: 2, snapshot: { lastIncludedIndex: 2, lastIncludedTerm: 7 } });
    expect(found.broken).toEqual(['committed-entries']);
  });

  it('hold over commits of many terms, however they are cut', () => {
    const story = committed().elect(1, 2, 1).replicate(1, [0], 4, 6, 2).commit(1, 0, 6, 2).commit(0, 3, 5, 2);
    story.append(2, 1, 3, 1).append(2, 4, 6, 2).commit(2, 0, 2, 2).commit(2, 2, 6, 2).commit(0, 5, 6, 2);
    expect(story.broken).toEqual([]);
    expect(story.verdictOf('committed-entries')).toBe('held');
  });
});
