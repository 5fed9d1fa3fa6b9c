import { describe, expect, it } from 'vitest';
import { describeCell } from '../../../../renderer/components/matrix/describe-cell.ts';
import { matrixRows, noRows } from '../../../../renderer/components/matrix/matrix-rows.ts';
import { segmentsOf } from '../../../../renderer/components/matrix/row-segments.ts';
import { required } from '../../../../shared/assert.ts';
import { emptyClusterView, projectClusterView } from '../../../../shared/projection/cluster-view.ts';
import { EventStory } from '../../../support/event-story.ts';

const viewOf = (story: EventStory) => story.events.reduce(projectClusterView, emptyClusterView);

/** Node 0 leads term 2 and has 1–3 of term 1 and 4–5 of term 2; node 2 has another entry 4, of term 1. */
function divergent(): EventStory {
  const story = new EventStory().cluster(3);
  for (const node of [0, 1, 2]) {
    story.tell(node, { type: 'entries-appended', firstIndex: 1, lastIndex: node === 2 ? 4 : 3, term: 1, reason: '' });
    story.tell(node, { type: 'commit-advanced', from: 0, to: 2, term: 1, reason: '' });
    story.tell(node, { type: 'entries-applied', from: 1, to: 1, digest: 0 });
    story.tell(node, { type: 'entries-persisted', lastIndex: 3, term: 1, votedFor: null, bytes: 9, flushNs: 1 });
  }
  story.elect(0, 2, 3);
  story.tell(0, { type: 'entries-appended', firstIndex: 4, lastIndex: 5, term: 2, reason: '' });
  const progress = { type: 'follower-progress', follower: 1, mode: 'replicate', reason: '' } as const;
  story.tell(0, { ...progress, matchIndex: 3, nextIndex: 4 });
  return story;
}

describe('rows', () => {
  it('are the same objects while nothing changes that is drawn', () => {
    const story = divergent();
    const before = matrixRows(viewOf(story));
    story.tell(1, { type: 'timer-set', timer: 'election', deadlineNs: 5, durationNs: 5 });
    expect(matrixRows(viewOf(story), before)).toBe(before);
    story.tell(1, { type: 'entries-applied', from: 2, to: 2, digest: 0 });
    const after = matrixRows(viewOf(story), before);
    expect(after).not.toBe(before);
    expect(after.rows.map((row, place) => row === before.rows[place])).toEqual([true, false, true]);
  });

  it('have the leader’s marks, and are compared with its log', () => {
    const { rows, reference, lastIndex } = matrixRows(viewOf(divergent()));
    expect(rows.map(({ isLeader, match, next }) => [isLeader, match, next])).toEqual([
      [true, undefined, undefined],
      [false, 3, 4],
      [false, undefined, undefined],
    ]);
    expect([reference?.id, lastIndex]).toEqual([0, 5]);
  });

  it('are compared with the most up-to-date log where nobody leads', () => {
    const story = divergent();
    story.tell(0, { type: 'role-changed', from: 'leader', to: 'follower', term: 2, reason: '' });
    expect(matrixRows(viewOf(story)).reference?.id).toBe(0);
    story.lab({ type: 'node-ended', target: 0, cause: 'crashed', reason: '' });
    expect(matrixRows(viewOf(story)).reference?.id).toBe(2);
    expect(matrixRows(emptyClusterView)).toBe(noRows);
  });
});

describe('a row', () => {
  it('is cut where cells begin to look otherwise', () => {
    const { rows, reference } = matrixRows(viewOf(divergent()));
    const looks = (place: number) =>
      segmentsOf(required(rows[place], 'it is there').log, reference?.log, 1, 9).map(({ from, to, cell, differs }) =>
        cell.kind === 'entry'
          ? [from, to, cell.term, cell.isCommitted, cell.isApplied, cell.isPersisted, differs].map(Number).join(' ')
          : cell.kind,
      );
    expect(looks(0)).toEqual(['1 1 1 1 1 1 0', '2 2 1 1 0 1 0', '3 3 1 0 0 1 0', '4 5 2 0 0 0 0']);
    expect(looks(2)).toEqual(['1 1 1 1 1 1 0', '2 2 1 1 0 1 0', '3 3 1 0 0 1 0', '4 4 1 0 0 0 1']);
  });

  it('of a million entries is a handful of stretches, and begins with one for the snapshot', () => {
    const story = new EventStory().cluster(1);
    story.tell(0, { type: 'entries-appended', firstIndex: 1, lastIndex: 1_000_000, term: 1, reason: '' });
    story.tell(0, { type: 'snapshot-saved', lastIncludedIndex: 1_200, lastIncludedTerm: 1, bytes: 9 });
    story.tell(0, { type: 'log-compacted', firstIndex: 1, lastIncludedIndex: 1_200, reason: '' });
    const { rows } = matrixRows(viewOf(story));
    const segments = segmentsOf(required(rows[0], 'it is there').log, undefined, 1, 1_000_000);
    expect(segments.map(({ from, to, cell }) => [from, to, cell.kind])).toEqual([
      [1, 1_200, 'snapshot'],
      [1_201, 1_000_000, 'entry'],
    ]);
  });
});

describe('a cell in words', () => {
  it('says everything that its look says', () => {
    const { rows, reference } = matrixRows(viewOf(divergent()));
    const words = (place: number, index: number) =>
      describeCell(required(rows[place], 'it is there'), reference, index);
    expect(words(0, 1)).toBe('Node 0, index 1, term 1, committed, applied');
    expect(words(0, 2)).toBe('Node 0, index 2, term 1, committed, not applied');
    expect(words(1, 3)).toBe('Node 1, index 3, term 1, not committed, the leader’s match');
    expect(words(1, 4)).toBe('Node 1, index 4, nothing there, the leader’s next');
    expect(words(2, 4)).toBe(
      'Node 2, index 4, term 1, not committed, not on disk yet, differs from the leader, node 0, which has term 2',
    );
  });
});
