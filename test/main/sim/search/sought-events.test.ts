import { describe, expect, it } from 'vitest';
import { watchFor } from '../../../../main/sim/search/sought-events.ts';
import type { LabEvent } from '../../../../shared/event.ts';
import type { NodeId } from '../../../../shared/ids.ts';
import { EventStory } from '../../../support/event-story.ts';

/** What is found, and with which event of the story. */
function found(looking: 'split-vote' | 'two-leaders' | 'violation', voters: number, events: readonly LabEvent[]) {
  const watch = watchFor(looking, voters);
  return events.flatMap((event, place) => {
    const sentence = watch(event);
    return sentence === undefined ? [] : [{ place, sentence }];
  });
}

class Votes {
  readonly story = new EventStory();
  stand(node: NodeId, term = 1): this {
    this.story.tell(node, { type: 'election-started', term, votersNeeded: 2, reason: '' });
    return this;
  }
  vote(node: NodeId, candidateId: NodeId, term = 1): this {
    this.story.tell(node, { type: 'vote-granted', candidateId, term, reason: '' });
    return this;
  }
}

describe('a split vote', () => {
  it.each([
    ['three stand, of three', 3, new Votes().stand(0).stand(1).stand(2), 2],
    ['two and two, of four', 4, new Votes().stand(0).stand(1).vote(2, 0).vote(3, 1), 3],
    ['two, two and one, of five', 5, new Votes().stand(0).stand(1).vote(2, 0).vote(3, 1).stand(4), 4],
    ['of a later term', 2, new Votes().stand(0).vote(1, 0).stand(0, 2).stand(1, 2), 3],
  ])('is told with the vote that decides it: %s', (_name, voters, { story }, place) => {
    expect(found('split-vote', voters, story.events)).toMatchObject([{ place }]);
  });

  it.each([
    ['somebody wins', 3, new Votes().stand(0).stand(1).vote(2, 1)],
    ['somebody still can', 5, new Votes().stand(0).stand(1).vote(2, 0).vote(3, 1)],
    ['one stands alone', 3, new Votes().stand(0)],
    ['each of its own term', 2, new Votes().stand(0, 1).stand(1, 2)],
  ])('is none where %s', (_name, voters, { story }) => {
    expect(found('split-vote', voters, story.events)).toEqual([]);
  });

  it('is said in words', () => {
    const [{ sentence } = { sentence: '' }] = found('split-vote', 2, new Votes().stand(1, 7).stand(0, 7).story.events);
    expect(sentence).toBe('The vote of term 7 is split: 1 for node 1, 1 for node 0. Nobody can win it any more.');
  });
});

describe('two leaders', () => {
  const lead = (story: EventStory, node: NodeId, term: number): LabEvent =>
    story.tell(node, { type: 'role-changed', from: 'candidate', to: 'leader', term, reason: '' });

  it('are found as long as the former one has not heard', () => {
    const story = new EventStory();
    lead(story, 2, 3);
    lead(story, 0, 4);
    const sentence = 'Node 2 leads term 3 and has not heard yet that node 0 leads term 4.';
    expect(found('two-leaders', 3, story.events)).toEqual([{ place: 1, sentence }]);
  });

  it('are none once it has stepped down, or is gone', () => {
    const story = new EventStory();
    lead(story, 2, 3);
    story.tell(2, { type: 'role-changed', from: 'leader', to: 'follower', term: 4, reason: '' });
    lead(story, 0, 4);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: '' });
    lead(story, 1, 5);
    expect(found('two-leaders', 3, story.events)).toEqual([]);
  });
});

it('a violation is what the checks say it is', () => {
  const story = new EventStory();
  const broken = { promise: 'leader-completeness', sentence: 'It broke.', evidence: [] } as const;
  story.lab({ type: 'violation-found', ...broken } as never);
  expect(found('violation', 3, story.events)).toEqual([{ place: 0, sentence: 'It broke.' }]);
});
