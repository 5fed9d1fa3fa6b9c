import { describe, expect, it } from 'vitest';
import { advance, restart, unseenServer, type ServerView } from '../../../main/check/server-view.ts';
import type { EventBody, EventOf } from '../../../shared/event.ts';
import { folderOf, MonitorStory } from '../../support/monitor-story.ts';

const stamp = { node: 0, boot: 1, sequence: 1, timeNs: 0, lamport: 1 };

function startEvent(found: Partial<EventOf<'node-started'>> = {}): EventOf<'node-started'> {
  const [event] = new MonitorStory(1).events;
  if (event?.type !== 'node-started') throw new Error('the story begins with a start');
  return { ...event, ...found };
}

function viewed(...bodies: readonly EventBody[]): ServerView {
  const server = unseenServer(0);
  restart(server, startEvent());
  for (const body of bodies) advance(server, { ...stamp, ...body });
  return server;
}

const appended = { type: 'entries-appended', firstIndex: 1, lastIndex: 5, term: 1, reason: 'x' } as const;
const persisted = { type: 'entries-persisted', lastIndex: 4, term: 2, votedFor: 1, bytes: 1, flushNs: 1 } as const;
const installed = { type: 'snapshot-installed', lastIncludedIndex: 9, lastIncludedTerm: 3, reason: 'x' } as const;

describe('a server as the stream shows it', () => {
  it('has on disk what it said, as long as it is not removed', () => {
    const { folder } = viewed(appended, persisted);
    expect(folder).toMatchObject({ durableIndex: 4, term: 2, votedFor: 1 });
    const rule = 'truncate-only-on-conflict';
    const removed = { type: 'entries-truncated', fromIndex: 3, lastIndex: 5, reason: 'x', rule } as const;
    expect(viewed(appended, persisted, removed).folder.durableIndex).toBe(2);
    expect(viewed(appended, persisted, removed).folder.log.lastIndex).toBe(2);
  });

  it('has an installed snapshot on disk only with the write that installed it', () => {
    expect(viewed(appended, persisted, installed).folder).toMatchObject({ durableIndex: 4, durableSnapshotIndex: 0 });
    const early = { ...persisted, lastIndex: 0 };
    expect(viewed(appended, persisted, installed, early).folder.durableSnapshotIndex).toBe(0);
    const done = viewed(appended, installed, { ...persisted, lastIndex: 9 });
    expect(done.folder).toMatchObject({ durableIndex: 9, durableSnapshotIndex: 9 });
    expect(done.commitIndex).toBe(9);
  });

  it('goes by the last configuration, and back', () => {
    const configuration = (id: number): EventOf<'configuration-changed'>['configuration'] => {
      return { voters: [{ id, storage: 0 }], outgoing: [], learners: [] };
    };
    const change = (index: number): EventBody => {
      return { type: 'configuration-changed', index, configuration: configuration(index), reason: 'x' };
    };
    expect(viewed(change(4), change(6)).configurations.map(({ index }) => index)).toEqual([0, 4, 6]);
    const rule = 'rollback-config-on-truncate';
    const back = {
      type: 'configuration-rolled-back',
      fromIndex: 5,
      index: 4,
      configuration: configuration(4),
      reason: 'x',
      rule,
    } as const;
    expect(viewed(change(4), change(6), back).configurations.map(({ index }) => index)).toEqual([0, 4]);
  });

  it('begins a life with what its disk had, and keeps in mind what a former folder had', () => {
    const server = viewed(appended, persisted);
    const snapshot = { lastIncludedIndex: 2, lastIncludedTerm: 1 };
    restart(
      server,
      startEvent({ storageId: folderOf(0, 'b'), lastIndex: 3, snapshot, termRuns: [{ term: 1, firstIndex: 3 }] }),
    );
    expect(server).toMatchObject({ known: true, role: 'follower', commitIndex: 2, appliedIndex: 2 });
    expect(server.folder.log).toMatchObject({ baseIndex: 2, baseTerm: 1, lastIndex: 3 });
    expect(server.formerFolders).toMatchObject([{ durableIndex: 4 }]);
  });

  it('takes in a log that reaches back before the snapshot', () => {
    const server = unseenServer(0);
    const snapshot = { lastIncludedIndex: 7, lastIncludedTerm: 2 };
    restart(
      server,
      startEvent({
        lastIndex: 9,
        snapshot,
        termRuns: [
          { term: 1, firstIndex: 3 },
          { term: 2, firstIndex: 5 },
        ],
      }),
    );
    const { log } = server.folder;
    expect([log.baseIndex, log.termAt(2), log.termAt(3), log.termAt(9)]).toEqual([2, undefined, 1, 2]);
  });
});
