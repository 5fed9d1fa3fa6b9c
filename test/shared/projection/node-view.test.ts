import { describe, expect, it } from 'vitest';
import { votersOnly } from '../../../shared/configuration.ts';
import type { EventOf } from '../../../shared/event.ts';
import { storageNumberOf } from '../../../shared/ids.ts';
import { emptyClusterView, nodeOf, projectClusterView } from '../../../shared/projection/cluster-view.ts';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { EventStory, storageIdOf } from '../../support/event-story.ts';

/** The node as the story leaves it. */
function nodeAfter(story: EventStory, id = 0): NodeView | undefined {
  return nodeOf(story.events.reduce(projectClusterView, emptyClusterView), id);
}

describe('an election', () => {
  it('shows the votes that a candidate has and needs', () => {
    const story = new EventStory().cluster(3);
    story.tell(0, { type: 'term-changed', from: 0, to: 1, reason: 'timeout' });
    story.tell(0, { type: 'role-changed', from: 'follower', to: 'candidate', term: 1, reason: 'no leader was heard' });
    story.tell(0, { type: 'election-started', term: 1, votersNeeded: 2, reason: 'timeout' });
    expect(nodeAfter(story)).toMatchObject({ role: 'candidate', term: 1, votes: [], votedFor: 0, votersNeeded: 2 });
    // Its own vote counts when it is on disk, like any other's.
    story.tell(0, { type: 'vote-counted', from: 0, granted: true, term: 1, votes: [0], votersNeeded: 2 });
    expect(nodeAfter(story)?.votes).toEqual([0]);
    story.tell(0, { type: 'vote-counted', from: 2, granted: true, term: 1, votes: [0, 2], votersNeeded: 2 });
    expect(nodeAfter(story)?.votes).toEqual([0, 2]);
    story.tell(0, { type: 'role-changed', from: 'candidate', to: 'leader', term: 1, reason: 'a majority' });
    expect(nodeAfter(story)).toMatchObject({ role: 'leader', votes: [], leaderId: 0, roleReason: 'a majority' });
  });

  it('has no timer on the leader', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, { type: 'timer-set', timer: 'election', deadlineNs: 900, durationNs: 200 });
    expect(nodeAfter(story)).toMatchObject({ electionDeadlineNs: 900, electionDurationNs: 200 });
    story.tell(0, { type: 'role-changed', from: 'candidate', to: 'leader', term: 1, reason: '' });
    story.tell(0, { type: 'timer-set', timer: 'heartbeat', deadlineNs: 5, durationNs: 5 });
    expect(nodeAfter(story)?.electionDeadlineNs).toBe(0);
  });

  it('forgets vote and leader with the term', () => {
    const story = new EventStory().cluster(2).elect(1, 1, 2);
    story.tell(0, { type: 'vote-granted', candidateId: 1, term: 1, reason: '' });
    story.tell(0, { type: 'term-changed', from: 1, to: 2, reason: 'a message of term 2' });
    expect(nodeAfter(story)).toMatchObject({ term: 2, votedFor: null, leaderId: null });
  });
});

describe('a log', () => {
  it('grows in runs of terms, and its marks move', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 2, term: 1, reason: '' });
    story.tell(0, { type: 'entries-appended', firstIndex: 3, lastIndex: 3, term: 1, reason: '' });
    story.tell(0, { type: 'entries-appended', firstIndex: 4, lastIndex: 4, term: 3, reason: '' });
    story.tell(0, { type: 'entries-persisted', lastIndex: 4, term: 3, votedFor: 0, bytes: 9, flushNs: 1 });
    story.tell(0, { type: 'commit-advanced', from: 0, to: 3, term: 3, reason: '' });
    story.tell(0, { type: 'entries-applied', from: 1, to: 2, digest: 7 });
    expect(nodeAfter(story)).toMatchObject({
      lastIndex: 4,
      persistedIndex: 4,
      commitIndex: 3,
      appliedIndex: 2,
      termRuns: [
        { term: 1, firstIndex: 1 },
        { term: 3, firstIndex: 4 },
      ],
    });
  });

  it('[5.3] shrinks where it conflicts, and what is on disk with it', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 4, term: 1, reason: '' });
    story.tell(0, { type: 'entries-persisted', lastIndex: 4, term: 1, votedFor: null, bytes: 9, flushNs: 1 });
    story.tell(0, {
      type: 'entries-truncated',
      fromIndex: 3,
      lastIndex: 4,
      reason: '',
      rule: 'truncate-only-on-conflict',
    });
    story.tell(0, { type: 'entries-appended', firstIndex: 3, lastIndex: 3, term: 2, reason: '' });
    expect(nodeAfter(story)).toMatchObject({
      lastIndex: 3,
      persistedIndex: 2,
      termRuns: [
        { term: 1, firstIndex: 1 },
        { term: 2, firstIndex: 3 },
      ],
    });
  });

  it('keeps what a leader knows of its followers until it is no leader', () => {
    const story = new EventStory().cluster(2).elect(0, 1, 2);
    story.tell(0, {
      type: 'follower-progress',
      follower: 1,
      mode: 'replicate',
      matchIndex: 4,
      nextIndex: 5,
      reason: '',
    });
    expect(nodeAfter(story)?.progress).toEqual({ 1: { mode: 'replicate', matchIndex: 4, nextIndex: 5 } });
    story.tell(0, { type: 'role-changed', from: 'leader', to: 'follower', term: 2, reason: 'a higher term' });
    expect(nodeAfter(story)?.progress).toEqual({});
  });
});

describe('a life', () => {
  it('ends with a cause, and begins again with what was on disk', () => {
    const story = new EventStory().cluster(1);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: 'killed by hand' });
    expect(nodeAfter(story)).toMatchObject({ status: 'crashed', statusReason: 'killed by hand' });
    story.start(0, 1, 2);
    expect(nodeAfter(story)).toMatchObject({ status: 'running', statusReason: '', boot: 2, role: 'follower' });
  });

  it('[7] begins behind the snapshot that is on its disk, in its configuration', () => {
    const configuration = { index: 12, configuration: votersOnly([0, 3]) };
    const story = new EventStory().cluster(1).start(0, 1, 2, {
      lastIndex: 45,
      termRuns: [{ term: 2, firstIndex: 41 }],
      snapshot: { lastIncludedIndex: 40, lastIncludedTerm: 2 },
      configuration,
    });
    expect(nodeAfter(story)).toMatchObject({
      firstIndex: 41,
      lastIndex: 45,
      commitIndex: 40,
      configuration,
      storage: storageNumberOf(storageIdOf(0)),
    });
  });
});

describe('a leader', () => {
  it('[6] carries a change of membership through, until it is done or given up', () => {
    const story = new EventStory().cluster(2).elect(0, 1, 2);
    const takes = (step: EventOf<'membership-step'>['step']): NodeView | undefined => {
      story.tell(0, { type: 'membership-step', step, term: 1, reason: 'why' });
      return nodeAfter(story);
    };
    expect(takes('catch-up')?.change).toEqual({ step: 'catch-up', reason: 'why' });
    expect(takes('joint')?.change?.step).toBe('joint');
    expect(takes('done')?.change).toBeNull();
    takes('begun');
    expect(takes('given-up')?.change).toBeNull();
  });

  it('[3.10] hands its office over', () => {
    const story = new EventStory().cluster(2).elect(0, 1, 2);
    story.tell(0, { type: 'transfer-started', to: 1, term: 1, reason: '' });
    expect(nodeAfter(story)?.transfer).toEqual({ to: 1, isAsked: false });
    story.tell(0, { type: 'timeout-now-sent', to: 1, term: 1, reason: '' });
    expect(nodeAfter(story)?.transfer).toEqual({ to: 1, isAsked: true });
    story.tell(0, { type: 'transfer-ended', to: 1, term: 1, done: false, reason: '' });
    expect(nodeAfter(story)?.transfer).toBeNull();
  });

  it('has neither when it leads no more', () => {
    const story = new EventStory().cluster(2).elect(0, 1, 2);
    story.tell(0, { type: 'transfer-started', to: 1, term: 1, reason: '' });
    story.tell(0, { type: 'membership-step', step: 'begun', term: 1, reason: '' });
    story.tell(0, { type: 'role-changed', from: 'leader', to: 'follower', term: 2, reason: '' });
    expect(nodeAfter(story)).toMatchObject({ transfer: null, change: null });
  });
});

describe('the retention', () => {
  it('is what the state machine was told last, and unknown to a new life', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, { type: 'retention-changed', index: 3, retainEntries: 10 });
    expect(nodeAfter(story)?.retainEntries).toBe(10);
    const started = story.events.find((event) => event.type === 'node-started');
    if (!started) throw new Error('nobody started');
    story.tell(0, started);
    expect(nodeAfter(story)?.retainEntries).toBe(0);
  });
});
