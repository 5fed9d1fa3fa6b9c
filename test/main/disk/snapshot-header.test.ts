import { expect, it } from 'vitest';
import {
  blockDataBytesMax,
  decodeSnapshotHeader,
  encodeSnapshotHeader,
  snapshotFileBytes,
  snapshotHeaderBytes,
} from '../../../main/disk/snapshot-header.ts';
import { limits } from '../../../shared/cluster-config.ts';
import { metaAt } from './disk-fixture.ts';

const storageId = '11111111-2222-4333-8444-555555555555';
const servers = (count: number) => Array.from({ length: count }, (_, id) => ({ id, storage: 2 ** 48 - 1 }));

it('a header comes back, with the largest configuration too', () => {
  const { nodesMax, learnersMax } = limits;
  const largest = { voters: servers(nodesMax), outgoing: servers(nodesMax), learners: servers(learnersMax) };
  const meta = { ...metaAt(limits.indexMax, limits.termMax), configuration: largest, configurationIndex: 5 };
  for (const header of [
    { storageId, meta, blocksCrc: 0xff_ff_ff_ff },
    { storageId, meta: metaAt(7, 3), blocksCrc: 0 },
  ]) {
    const bytes = encodeSnapshotHeader(header);
    expect(bytes).toHaveLength(snapshotHeaderBytes);
    expect(decodeSnapshotHeader(bytes)).toEqual(header);
  }
});

it('a header with any byte changed behind the preamble, or cut, is none', () => {
  const bytes = encodeSnapshotHeader({ storageId, meta: metaAt(7, 3), blocksCrc: 5 });
  for (let at = 16; at < bytes.length; at += 1) {
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    expect(decodeSnapshotHeader(bytes)).toBeUndefined();
    bytes[at] = (bytes[at] ?? 0) ^ 4;
  }
  expect(decodeSnapshotHeader(bytes.subarray(0, 511))).toBeUndefined();
});

it('a file has a CRC for each block that is begun', () => {
  expect(snapshotFileBytes(0)).toBe(512);
  expect(snapshotFileBytes(1)).toBe(512 + 4 + 1);
  expect(snapshotFileBytes(blockDataBytesMax)).toBe(512 + 65_536);
  expect(snapshotFileBytes(blockDataBytesMax + 1)).toBe(512 + 65_536 + 5);
});
