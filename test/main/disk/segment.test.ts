import { describe, expect, it } from 'vitest';
import { formatVersion } from '../../../main/disk/preamble.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import {
  createSegment,
  encodeSegmentStart,
  listSegments,
  readSegmentStart,
  segmentName,
  segmentOfName,
  segmentSeed,
  segmentStart,
} from '../../../main/disk/segment.ts';
import { storageErrorOf, temporaryFolder } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';
const header = {
  storageId,
  segment: 3,
  previousSegmentBytes: 999,
  lastIndex: 12,
  lastTerm: 2,
  hardState: { term: 4, votedFor: 1 },
};

describe('segment names', () => {
  it('lead back to their number', () => {
    for (const segment of [1, 99_999_999, 100_000_000]) expect(segmentOfName(segmentName(segment))).toBe(segment);
  });

  it('are nothing else', () => {
    for (const name of ['identity', 'log-1.seg', 'log-000000001.seg', 'log-00000001.seg.bak', 'xlog-00000001.seg']) {
      expect(segmentOfName(name)).toBeUndefined();
    }
  });
});

describe('segment starts', () => {
  it('come back', () => {
    expect(encodeSegmentStart(header)).toHaveLength(segmentStart);
    expect(readSegmentStart(encodeSegmentStart(header), storageId, 3)).toEqual({ version: formatVersion, header });
  });

  it('have no header for another folder or number', () => {
    expect(readSegmentStart(encodeSegmentStart(header), storageId, 4)).toEqual({ version: formatVersion });
    expect(readSegmentStart(encodeSegmentStart(header), storageId.replace('1', '2'), 3)).toEqual({
      version: formatVersion,
    });
    expect(segmentSeed(storageId, 1)).not.toBe(segmentSeed(storageId, 2));
  });

  it('are nothing when they are cut', () => {
    expect(readSegmentStart(new Uint8Array(segmentStart), storageId, 3)).toBeUndefined();
    expect(readSegmentStart(encodeSegmentStart(header).subarray(0, segmentStart - 1), storageId, 3)).toEqual({
      version: formatVersion,
    });
  });
});

describe('createSegment', () => {
  it('makes the file once', () => {
    const files = openFolder(temporaryFolder());
    createSegment(files, header).close();
    expect(listSegments(files)).toEqual([3]);
    expect(storageErrorOf(() => createSegment(files, header)).message).toContain(segmentName(3));
  });
});
