import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import { defaultTuning } from '../../../main/raft/tuning.ts';

it('lets a message and a chunk fit into one datagram', () => {
  expect(defaultTuning.appendEntriesBytesMax).toBeLessThan(limits.datagramBytesMax);
  expect(defaultTuning.snapshotChunkBytesMax).toBeLessThan(limits.datagramBytesMax);
  expect(defaultTuning.inFlightBytesMax).toBeGreaterThan(defaultTuning.appendEntriesBytesMax);
});
