import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

describe('election safety', () => {
  it('is broken by two leaders in a term', () => {
    const story = new MonitorStory().elect(0, 1, 0).elect(1, 1, 1, []);
    expect(story.broken).toEqual(['election-safety']);
    expect(story.violations[0]).toMatchObject({
      sentence: 'Nodes 0 and 1 both lead term 1.',
      rule: 'one-vote-per-term',
      events: [
        { node: 0, type: 'role-changed' },
        { node: 1, type: 'role-changed' },
      ],
    });
    expect(story.verdictOf('election-safety')).toBe('broken');
  });

  it('is broken by a server that hears another leader of the term', () => {
    const story = new MonitorStory().elect(0, 1, 0).tell(2, { type: 'leader-known', leaderId: 1, term: 1 });
    expect(story.broken).toEqual(['election-safety']);
  });

  it('is broken by a leader that keeps its office in a term that another leads', () => {
    const story = new MonitorStory().elect(0, 1, 0).elect(1, 2, 1, [1, 2]);
    story.tell(0, { type: 'term-changed', from: 1, to: 2, reason: 'adopted' });
    expect(story.broken).toEqual([]);
    story.append(0, 1, 1, 2);
    expect(story.broken).toContain('election-safety');
  });

  it('is broken by a server that leads a term again after a restart', () => {
    const story = new MonitorStory().elect(0, 1, 0, [0]).crash(0).start(0).elect(0, 1, 0, [0]);
    expect(story.violations).toMatchObject([{ promise: 'election-safety', rule: 'persist-before-reply' }]);
  });

  it('names the rule that is off and was passed over', () => {
    const story = new MonitorStory().elect(0, 1, 0);
    story.tell(2, { type: 'rule-waived', rule: 'distinct-voters', reason: 'a copy' }).elect(1, 1, 1, []);
    expect(story.violations).toMatchObject([{ rule: 'distinct-voters' }]);
    expect(story.monitor.waived).toEqual(['distinct-voters']);
  });

  it('holds over a line of terms, each with its leader', () => {
    const story = new MonitorStory().elect(0, 1, 0).tell(1, { type: 'leader-known', leaderId: 0, term: 1 });
    story.tell(0, { type: 'role-changed', from: 'leader', to: 'follower', term: 2, reason: 'a higher term' });
    story.elect(1, 2, 1, [1]).append(1, 1, 1, 2);
    expect(story.broken).toEqual([]);
    expect(story.verdictOf('election-safety')).toBe('held');
  });
});
