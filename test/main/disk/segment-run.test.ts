import { describe, expect, it } from 'vitest';
import { createSegment } from '../../../main/disk/segment.ts';
import { findSegmentRun } from '../../../main/disk/segment-run.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import type { Files } from '../../../main/ports.ts';
import { metaAt, storageErrorOf } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';

/** Segments that begin behind the given entries; `anew` are those with which the log begins anew. */
function folderOf(begins: Readonly<Record<number, number>>, ...anew: number[]): Files {
  const files = new PowerCutFiles();
  for (const [name, lastIndex] of Object.entries(begins)) {
    const segment = Number(name);
    const hardState = { term: 1, votedFor: null };
    const previousSegmentBytes = segment === 1 || anew.includes(segment) ? 0 : 84;
    const lastTerm = lastIndex === 0 ? 0 : 1;
    createSegment(files, { storageId, segment, previousSegmentBytes, lastIndex, lastTerm, hardState }).close();
  }
  return files;
}

describe('the log is', () => {
  it.each([
    ['all segments, without a gap', folderOf({ 1: 0, 2: 5, 3: 9 }), null, [1, 2, 3], []],
    ['those behind the last gap', folderOf({ 1: 0, 4: 8, 5: 9 }), metaAt(8), [4, 5], [1]],
    ['those from the last new beginning on', folderOf({ 2: 0, 3: 20, 4: 30, 5: 35 }, 3, 4), metaAt(30), [4, 5], [2, 3]],
    ['the last one alone', folderOf({ 7: 8 }), metaAt(100), [7], []],
  ])('%s', (_what, files, snapshot, segments, leftovers) => {
    expect(findSegmentRun(files, storageId, snapshot)).toEqual({ segments, leftovers, repairs: [] });
  });

  it('without its last segment, when that was being made', () => {
    const files = folderOf({ 4: 8, 5: 9 });
    files.open('log-00000006.seg', 'create-new').close();
    expect(findSegmentRun(files, storageId, metaAt(8))).toMatchObject({
      segments: [4, 5],
      repairs: [{ file: 'log-00000006.seg', reason: 'the file was being made when the node ended' }],
    });
    expect(files.list()).toHaveLength(2);
  });
});

describe('it is refused when', () => {
  it.each([
    ['there is none', folderOf({}), null, 1, 'the log is missing'],
    ['entries are missing before it', folderOf({ 1: 0, 3: 8 }), null, 2, 'behind entry 8, and no snapshot is there'],
    ['the snapshot ends too early', folderOf({ 3: 8 }), metaAt(7), 2, 'and the snapshot ends at entry 7'],
    ['the snapshot is of another term', folderOf({ 3: 8 }), metaAt(8, 2), 2, 'the snapshot ends at entry 8'],
    ['it began anew behind a snapshot that is not there', folderOf({ 2: 8 }, 2), null, 1, 'no snapshot is there'],
  ])('%s', (_what, files, snapshot, segment, message) => {
    const error = storageErrorOf(() => findSegmentRun(files, storageId, snapshot));
    expect(error).toMatchObject({ code: 'damaged', file: files.pathOf(`log-0000000${segment}.seg`) });
    expect(error.message).toContain(message);
  });

  it('its only segment has no whole start', () => {
    const files = folderOf({});
    files.open('log-00000003.seg', 'create-new').close();
    expect(storageErrorOf(() => findSegmentRun(files, storageId, metaAt(9))).code).toBe('damaged');
  });
});
