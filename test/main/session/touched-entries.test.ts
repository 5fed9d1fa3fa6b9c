/** Which entries an event is about. */
import { describe, expect, it } from 'vitest';
import { touchedEntries } from '../../../main/session/touched-entries.ts';
import type { EventBody } from '../../../shared/event.ts';
import { emptyClusterView, projectClusterView } from '../../../shared/projection/cluster-view.ts';
import { EventStory } from '../../support/event-story.ts';

/** What the last of the events is about, told of server 0 of three. */
function touchedByLast(...bodies: readonly EventBody[]) {
  const story = new EventStory().cluster(3);
  for (const body of bodies) story.tell(0, body);
  const [last] = story.events.slice(-1);
  const before = story.events.slice(0, -1).reduce(projectClusterView, emptyClusterView);
  return last && touchedEntries(last, before);
}

const appended = { type: 'entries-appended', firstIndex: 3, lastIndex: 7, term: 1, reason: '' } as const;

describe('ranges', () => {
  const rule = 'leader-noop' as const;
  it.each([
    [appended, 3, 7],
    [
      { type: 'entries-truncated', fromIndex: 4, lastIndex: 7, reason: '', rule: 'truncate-only-on-conflict' } as const,
      4,
      7,
    ],
    [{ type: 'commit-advanced', from: 2, to: 5, term: 1, reason: '' } as const, 3, 5],
    [{ type: 'entries-applied', from: 2, to: 5, digest: 0 } as const, 2, 5],
    [{ type: 'commit-held', index: 6, term: 1, reason: '', rule } as const, 6, 6],
  ])('are what they say: %#', (event, from, to) => {
    expect(touchedByLast(event)).toEqual({ from, to });
  });

  it('of a datagram are the entries in it', () => {
    const sent = { type: 'datagram-sent', to: 1, datagram: 1, uuid: '', bytes: 1 } as const;
    const message = { kind: 'append-entries', round: 1, prevLogIndex: 4, entryCount: 2 } as const;
    expect(touchedByLast({ ...sent, message })).toEqual({ from: 5, to: 6 });
    expect(touchedByLast({ ...sent, message: { ...message, entryCount: 0 } })).toBeUndefined();
    expect(touchedByLast({ ...sent, message: { kind: 'request-vote', round: 1 } })).toBeUndefined();
  });
});

describe('marks', () => {
  const persisted = { type: 'entries-persisted', term: 1, votedFor: 0, bytes: 1, flushNs: 1 } as const;

  it('are about what they add', () => {
    expect(touchedByLast({ ...appended, firstIndex: 1 }, { ...persisted, lastIndex: 7 })).toEqual({ from: 1, to: 7 });
    const more = [
      { ...persisted, lastIndex: 5 },
      { ...persisted, lastIndex: 7 },
    ] as const;
    expect(touchedByLast({ ...appended, firstIndex: 1 }, ...more)).toEqual({ from: 6, to: 7 });
    expect(touchedByLast({ ...persisted, lastIndex: 0 })).toBeUndefined();
  });

  it('of a follower are about what it has more of', () => {
    const progress = { type: 'follower-progress', follower: 1, mode: 'replicate', nextIndex: 9, reason: '' } as const;
    expect(touchedByLast({ ...progress, matchIndex: 4 }, { ...progress, matchIndex: 6 })).toEqual({ from: 5, to: 6 });
    expect(touchedByLast({ ...progress, matchIndex: 6 }, { ...progress, matchIndex: 6 })).toBeUndefined();
    const committed = { type: 'commit-advanced', from: 0, to: 5, term: 1, reason: '' } as const;
    expect(touchedByLast(committed, { ...progress, matchIndex: 6 })).toEqual({ from: 6, to: 6 });
  });

  it('of snapshots are about what goes into them', () => {
    const saved = { type: 'snapshot-saved', lastIncludedTerm: 1, bytes: 9 } as const;
    expect(touchedByLast({ ...saved, lastIncludedIndex: 3 }, { ...saved, lastIncludedIndex: 8 })).toEqual({
      from: 4,
      to: 8,
    });
    const compacted = { type: 'log-compacted', firstIndex: 4, lastIncludedIndex: 3, reason: '' } as const;
    expect(touchedByLast({ ...appended, firstIndex: 1 }, compacted)).toEqual({ from: 1, to: 3 });
    expect(touchedByLast({ type: 'snapshot-restored', lastIncludedIndex: 3, digest: 1 })).toEqual({ from: 1, to: 3 });
  });
});

it('a start is about what is no longer on its disk', () => {
  const story = new EventStory().cluster(3);
  story.tell(0, { ...appended, firstIndex: 1 });
  const before = story.events.reduce(projectClusterView, emptyClusterView);
  story.start(0, 3, 2, { lastIndex: 5 });
  const [started] = story.events.slice(-1);
  expect(started && touchedEntries(started, before)).toEqual({ from: 6, to: 7 });
});

it('an answer is about the entries that were appended', () => {
  const story = new EventStory().cluster(1);
  const outcome = { kind: 'appended', firstIndex: 4, lastIndex: 5, term: 1 } as const;
  const answered = story.lab({ type: 'request-answered', requestId: 'r', target: 0, latencyNs: 1, outcome });
  expect(touchedEntries(answered, emptyClusterView)).toEqual({ from: 4, to: 5 });
  expect(touchedEntries(story.lab({ type: 'node-launched', target: 0 }), emptyClusterView)).toBeUndefined();
});

it('a server that nobody knows says nothing of entries that it had', () => {
  const story = new EventStory();
  const event = story.tell(9, { type: 'snapshot-restored', lastIncludedIndex: 3, digest: 1 });
  expect(touchedEntries(event, emptyClusterView)).toBeUndefined();
});
