import { describe, expect, it } from 'vitest';
import { compactLog, removeSegments, restartLog } from '../../../main/disk/compaction.ts';
import { LogState } from '../../../main/disk/log-state.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { formatVersion } from '../../../main/disk/preamble.ts';
import { createSegment, listSegments, segmentName, segmentStart } from '../../../main/disk/segment.ts';
import { Wal } from '../../../main/disk/wal.ts';
import type { Files } from '../../../main/ports.ts';
import { entriesFrom, temporaryFolder } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';

/** Entries 1 to 12, one a flush, two a segment. */
function logIn(files: Files): { wal: Wal; state: LogState } {
  const hardState = { term: 1, votedFor: null };
  const header = { storageId, segment: 1, previousSegmentBytes: 0, lastIndex: 0, lastTerm: 0, hardState };
  const handle = createSegment(files, header);
  const wal = new Wal(files, storageId, { segment: 1, handle, end: segmentStart, version: formatVersion }, 200);
  const state = new LogState();
  state.beginSegment(1);
  for (const entry of entriesFrom(1, 12)) {
    const { segment, offset } = wal.flush([{ type: 'entry', entry }], state);
    state.apply({ type: 'entry', entry }, segment, offset);
  }
  return { wal, state };
}

describe('compacting', () => {
  it('removes the segments that hold nothing behind the index, never the last one', () => {
    const files = openFolder(temporaryFolder());
    const { wal, state } = logIn(files);
    expect(listSegments(files)).toEqual([1, 2, 3, 4, 5, 6]);
    compactLog(files, wal, state, 1);
    expect(state.base).toEqual({ index: 0, term: 0 });
    compactLog(files, wal, state, 5);
    expect(listSegments(files)).toEqual([3, 4, 5, 6]);
    expect(state.base).toEqual({ index: 4, term: 1 });
    compactLog(files, wal, state, 5);
    compactLog(files, wal, state, 12);
    expect(listSegments(files)).toEqual([6]);
    expect(state.base.index).toBe(10);
    wal.close();
  });

  it('removes the one before those that stay first, and goes on when a file can not be removed', () => {
    const acts: string[] = [];
    const files = openFolder(temporaryFolder());
    const { wal, state } = logIn(files);
    const kept = new Set([segmentName(1)]);
    const stubborn: Files = {
      ...files,
      list: () => files.list(),
      pathOf: (name) => files.pathOf(name),
      open: (name, mode) => files.open(name, mode),
      rename: (from, to) => files.rename(from, to),
      remove: (name) => {
        acts.push(name);
        if (kept.has(name)) throw new Error('EBUSY');
        files.remove(name);
      },
      syncFolder: () => acts.push('sync'),
    };
    compactLog(stubborn, wal, state, 6);
    expect(acts).toEqual([segmentName(3), 'sync', segmentName(1), segmentName(2)]);
    expect(listSegments(files)).toEqual([1, 4, 5, 6]);
    kept.add(segmentName(5));
    compactLog(stubborn, wal, state, 10);
    // Without the gap, what stands before could be taken for the beginning.
    expect(listSegments(files)).toEqual([1, 4, 5, 6]);
    wal.close();
  });
});

describe('beginning anew', () => {
  it('leaves one segment that stands behind the base', () => {
    const files = openFolder(temporaryFolder());
    const { wal, state } = logIn(files);
    restartLog(files, wal, state, { index: 7, term: 3 });
    expect(listSegments(files)).toEqual([7]);
    expect(state.last).toEqual({ index: 7, term: 3 });
    expect(wal.flush([{ type: 'truncate', fromIndex: 9 }], state)).toMatchObject({ segment: 7, offset: segmentStart });
    wal.close();
  });
});

it('removing what is not there is no failure', () => {
  expect(() => removeSegments(openFolder(temporaryFolder()), [3])).not.toThrow();
});
