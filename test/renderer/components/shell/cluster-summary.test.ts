import { describe, expect, it } from 'vitest';
import { summarise } from '../../../../renderer/components/shell/cluster-summary.ts';
import { votersOnly } from '../../../../shared/configuration.ts';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import { EventStory } from '../../../support/event-story.ts';

function summaryAfter(story: EventStory): ReturnType<typeof summarise> {
  return summarise(story.events.reduce(projectClusterView, emptyClusterView));
}

function crash(story: EventStory, target: number): void {
  story.lab({ type: 'node-ended', target, cause: 'crashed', reason: 'killed' });
}

describe('the cluster in a few words', () => {
  it('says who leads', () => {
    expect(summaryAfter(new EventStory().cluster(3).elect(2, 7, 3))).toEqual({
      kind: 'leader',
      words: 'Node 2 leads',
      term: 7,
    });
  });

  it('says who asks for votes', () => {
    const story = new EventStory().cluster(3);
    for (const id of [0, 2])
      story.tell(id, { type: 'role-changed', from: 'follower', to: 'candidate', term: 3, reason: '' });
    expect(summaryAfter(story)).toEqual({ kind: 'election', words: 'Election: nodes 0, 2 ask for votes', term: 3 });
  });

  it('does not depose a leader because a node that was cut off asks for votes in a higher term', () => {
    const story = new EventStory().cluster(3).elect(0, 1, 3);
    story.tell(1, { type: 'role-changed', from: 'follower', to: 'candidate', term: 8, reason: '' });
    expect(summaryAfter(story)).toEqual({ kind: 'leader', words: 'Node 0 leads, node 1 asks for votes', term: 1 });
  });

  it('says that no leader is possible without a majority, even while one believes that it leads', () => {
    const story = new EventStory().cluster(3).elect(0, 1, 3);
    crash(story, 1);
    expect(summaryAfter(story).kind).toBe('leader');
    crash(story, 2);
    expect(summaryAfter(story)).toMatchObject({
      kind: 'no-quorum',
      words: 'No majority: 1 of 3 voters can vote, 2 are needed',
    });
  });

  it('counts voters only: a learner makes no majority', () => {
    const story = new EventStory().cluster(3);
    const configuration = { ...votersOnly([0, 1]), learners: votersOnly([2]).voters };
    for (const id of [0, 1, 2]) story.tell(id, { type: 'configuration-changed', index: 1, configuration, reason: '' });
    crash(story, 1);
    expect(summaryAfter(story)).toMatchObject({
      kind: 'no-quorum',
      words: 'No majority: 1 of 2 voters can vote, 2 are needed',
    });
  });

  it('says that there is none, not yet, or no longer', () => {
    const story = new EventStory();
    expect(summaryAfter(story).kind).toBe('none');
    expect(summaryAfter(story.cluster(3)).kind).toBe('no-leader');
    story.lab({ type: 'cluster-stopped', reason: '' });
    expect(summaryAfter(story).kind).toBe('stopped');
  });
});
