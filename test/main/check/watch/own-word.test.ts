import { describe, expect, it } from 'vitest';
import { MonitorStory } from '../../../support/monitor-story.ts';

describe('own word', () => {
  it('takes what a server finds broken for a violation', () => {
    const story = new MonitorStory().tell(1, {
      type: 'promise-broken',
      promise: 'committed entries stay',
      reason: 'x',
    });
    expect(story.violations).toMatchObject([
      { promise: 'own-word', sentence: 'Node 1 finds a promise broken (committed entries stay): x.' },
    ]);
    expect(story.violations[0]?.rule).toBeUndefined();
    expect(story.tell(1, { type: 'assertion-failed', reason: 'x' }).violations).toHaveLength(2);
  });
});
