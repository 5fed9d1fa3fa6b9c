import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogState } from '../../../main/disk/log-state.ts';
import { openFolder } from '../../../main/disk/node-files.ts';
import { recordBytes } from '../../../main/disk/record.ts';
import type { DiskRecord } from '../../../main/disk/record.ts';
import { createSegment, segmentName, segmentStart } from '../../../main/disk/segment.ts';
import { formatVersion } from '../../../main/disk/preamble.ts';
import { Wal } from '../../../main/disk/wal.ts';
import type { Files } from '../../../main/ports.ts';
import { entryAt, temporaryFolder, wrapFiles } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';
const header = {
  storageId,
  segment: 1,
  previousSegmentBytes: 0,
  lastIndex: 0,
  lastTerm: 0,
  hardState: { term: 0, votedFor: null },
};
const recordOf = (index: number, payloadBytes = 20): DiskRecord => ({
  type: 'entry',
  entry: entryAt(index, 1, payloadBytes),
});

function walIn(files: Files, segmentBytesMax: number): Wal {
  return new Wal(
    files,
    storageId,
    { segment: 1, handle: createSegment(files, header), end: segmentStart, version: formatVersion },
    segmentBytesMax,
  );
}

describe('Wal', () => {
  it('puts one flush behind the other', () => {
    const wal = walIn(openFolder(temporaryFolder()), 1e6);
    const state = new LogState();
    const bytes = recordBytes(recordOf(1));
    expect(wal.flush([recordOf(1), recordOf(2)], state)).toEqual({
      segment: 1,
      offset: segmentStart,
      bytes: 2 * bytes,
    });
    expect(wal.flush([recordOf(3)], state)).toEqual({ segment: 1, offset: segmentStart + 2 * bytes, bytes });
    wal.close();
  });

  it('begins a segment when a flush does not fit, and gives a larger flush one of its own', () => {
    const folder = temporaryFolder();
    const wal = walIn(openFolder(folder), 300);
    const state = new LogState();
    const places = [recordOf(1), recordOf(2, 150), recordOf(3, 1000), recordOf(4)].map((record) =>
      wal.flush([record], state),
    );
    expect(places.map(({ segment, offset }) => [segment, offset])).toEqual([
      [1, segmentStart],
      [2, segmentStart],
      [3, segmentStart],
      [4, segmentStart],
    ]);
    expect(wal.segment).toBe(4);
    expect(statSync(join(folder, segmentName(2))).size).toBe(300);
    expect(statSync(join(folder, segmentName(3))).size).toBe(segmentStart + recordBytes(recordOf(3, 1000)));
    wal.close();
  });

  it('writes the data once and flushes once, in a file that is filled ahead', () => {
    const acts: string[] = [];
    const files = wrapFiles(openFolder(temporaryFolder()), (handle) => ({
      read: (buffer, position) => handle.read(buffer, position),
      write: (bytes, position) => {
        acts.push(`write ${bytes.length}`);
        handle.write(bytes, position);
      },
      truncate: (length) => handle.truncate(length),
      dataSync: () => {
        acts.push('sync');
        handle.dataSync();
      },
      size: () => handle.size(),
      close: () => handle.close(),
    }));
    const wal = walIn(files, 64e6);
    wal.flush([recordOf(1)], new LogState());
    acts.length = 0;
    wal.flush([recordOf(2), recordOf(3)], new LogState());
    wal.flush([recordOf(4)], new LogState());
    expect(acts).toEqual(['write 108', 'sync', 'write 54', 'sync']);
    wal.close();
  });

  it('takes a flush larger than its buffer', () => {
    const folder = temporaryFolder();
    const wal = walIn(openFolder(folder), 64e6);
    const { bytes } = wal.flush([recordOf(1, 3_000_000)], new LogState());
    expect(bytes).toBe(3_000_034);
    expect(statSync(join(folder, segmentName(1))).size % (1024 * 1024)).toBe(0);
    wal.close();
  });

  it('keeps few earlier segments open, and opens any of them again', () => {
    let open = 0;
    const files = wrapFiles(openFolder(temporaryFolder()), (handle) => {
      open += 1;
      return {
        read: (buffer, position) => handle.read(buffer, position),
        write: (bytes, position) => handle.write(bytes, position),
        truncate: (length) => handle.truncate(length),
        dataSync: () => handle.dataSync(),
        size: () => handle.size(),
        close: () => {
          open -= 1;
          handle.close();
        },
      };
    });
    const wal = walIn(files, 100);
    for (let index = 1; index <= 20; index += 1) wal.flush([recordOf(index)], new LogState());
    expect(existsSync(files.pathOf(segmentName(20)))).toBe(true);
    for (const segment of [1, 20, 5, 1, 13]) expect(wal.handleOf(segment).size()).toBeGreaterThan(segmentStart);
    expect(open).toBeLessThanOrEqual(9);
    wal.close();
    expect(open).toBe(0);
  });
});
