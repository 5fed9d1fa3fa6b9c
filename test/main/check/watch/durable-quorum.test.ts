import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../../shared/event.ts';
import { storageNumberOf } from '../../../../shared/ids.ts';
import { folderOf, MonitorStory } from '../../../support/monitor-story.ts';

const server = (id: number, storage = 0): { id: number; storage: number } => ({ id, storage });

describe('durable quorum', () => {
  it('is broken by a leader that counts what its own disk does not have', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 2, 1).persist(0, 1, 1);
    story.append(1, 1, 2, 1).persist(1, 2, 1).commit(0, 0, 2, 1);
    expect(story.violations).toMatchObject([{ promise: 'durable-quorum', rule: 'durable-quorum-commit' }]);
    expect(story.violations[0]?.sentence).toBe(
      'Node 0 commits entry 2 of term 1, which is on disk at 1 of 3 voters (node 1).',
    );
  });

  it('is broken by a follower that acknowledges what its disk does not have', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 2, 1).persist(0, 2, 1);
    story.append(1, 1, 2, 1).commit(0, 0, 2, 1);
    expect(story.violations).toMatchObject([{ promise: 'durable-quorum', rule: 'persist-before-reply' }]);
  });

  it('asks for both majorities while the configuration is joint', () => {
    const configuration = { voters: [server(0), server(1)], outgoing: [server(0), server(2), server(3)], learners: [] };
    const story = new MonitorStory(4).elect(0, 1, 0, [0]).append(0, 1, 1, 1);
    story.tell(0, { type: 'configuration-changed', index: 1, configuration, reason: 'x' });
    story.persist(0, 1, 1).append(1, 1, 1, 1).persist(1, 1, 1).commit(0, 0, 1, 1);
    expect(story.violations.filter(({ promise }) => promise === 'durable-quorum')).toMatchObject([
      { rule: 'joint-majorities' },
    ]);
  });

  it('counts a server with the folder that it was added with, and no other', () => {
    const bound = [0, 1, 2].map((id) => server(id, storageNumberOf(folderOf(id))));
    const configuration = { index: 0, configuration: { voters: bound, outgoing: [], learners: [] } };
    const story = new MonitorStory(0);
    for (const id of [0, 1]) story.start(id, { configuration });
    story.start(2, { configuration, storageId: folderOf(2, 'b') });
    story.elect(0, 1, 0).replicate(0, [2], 1, 1, 1).commit(0, 0, 1, 1);
    expect(story.violations).toMatchObject([{ promise: 'durable-quorum', rule: 'no-amnesia' }]);
  });

  it('still counts what a folder had that was wiped since', () => {
    const story = new MonitorStory().elect(0, 1, 0).replicate(0, [1], 1, 1, 1).crash(1);
    story.start(1, { storageId: folderOf(1, 'b') }).commit(0, 0, 1, 1);
    expect(story.broken).toEqual([]);
  });

  it('loses its evidence over a gap in the events of a server that it needs', () => {
    const story = new MonitorStory().elect(0, 1, 0).append(0, 1, 1, 1).persist(0, 1, 1);
    story.tell(1, { type: 'node-stopping', reason: 'x' }, 3).commit(0, 0, 1, 1);
    expect(story.broken).toEqual([]);
    expect(story.verdictOf('durable-quorum')).toBe('evidence-lost');
  });

  describe('where a crash may lose the last events', () => {
    const lossy = (): MonitorStory =>
      new MonitorStory(3, {}).elect(0, 1, 0).append(0, 1, 1, 1).persist(0, 1, 1).append(1, 1, 1, 1).commit(0, 0, 1, 1);

    it('waits for what the server says next', () => {
      const story = lossy();
      expect(story.broken).toEqual([]);
      story.persist(1, 1, 1).persist(2, 0, 1);
      expect(story.violations).toMatchObject([
        { promise: 'durable-quorum', events: [{ node: 0, to: 1 }, { node: 2 }] },
      ]);
    });

    it('loses its evidence when the server crashes, and when the stream ends', () => {
      expect(lossy().crash(1).start(1).verdictOf('durable-quorum')).toBe('evidence-lost');
      const story = lossy();
      story.monitor.finish();
      expect(story.verdictOf('durable-quorum')).toBe('evidence-lost');
    });
  });

  describe('where what led to a commit may be told after it', () => {
    const persisted = (lastIndex: number): EventBody => {
      return { type: 'entries-persisted', lastIndex, term: 1, votedFor: null, bytes: 1, flushNs: 1 };
    };
    const committed = (): MonitorStory => {
      const story = new MonitorStory(3, {}).elect(0, 1, 0).append(0, 1, 2, 1).persist(0, 2, 1).append(1, 1, 2, 1);
      return story.commit(0, 0, 2, 1);
    };

    it('counts what a server had on disk when the leader committed', () => {
      const story = committed().tell(1, persisted(2), 0, 2).commit(1, 0, 2, 1).persist(2, 0, 1);
      expect(story.verdictOf('durable-quorum')).toBe('held');
    });

    it('does not count what it wrote later', () => {
      const story = committed().tell(1, persisted(1), 0, 2).persist(1, 2, 1).commit(1, 0, 2, 1).persist(2, 0, 1);
      expect(story.violations.map(({ sentence }) => sentence)).toEqual([
        'Node 0 commits entry 2 of term 1, which is on disk at 1 of 3 voters (node 0).',
      ]);
    });
  });

  it('holds for what a majority has', () => {
    const story = new MonitorStory().elect(0, 1, 0).replicate(0, [2], 1, 5, 1).commit(0, 0, 5, 1);
    expect(story.verdictOf('durable-quorum')).toBe('held');
  });
});
