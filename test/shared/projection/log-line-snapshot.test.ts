import { describe } from 'vitest';
import type { SnapshotEvent } from '../../../shared/event.ts';
import { itReads, type LineSamples } from '../../support/log-lines.ts';

const samples: LineSamples<SnapshotEvent> = {
  'snapshot-sending': [
    [
      {
        type: 'snapshot-sending',
        follower: 2,
        lastIncludedIndex: 50,
        offset: 4_096,
        totalBytes: 9_000,
        reason: 'it needs entry 7',
      },
      'debug raft sends the snapshot up to 50 to 2, from byte 4096 of 9000: it needs entry 7',
    ],
  ],
  'snapshot-chunk-taken': [
    [
      {
        type: 'snapshot-chunk-taken',
        from: 0,
        lastIncludedIndex: 50,
        offset: 4_096,
        nextOffset: 8_192,
        totalBytes: 9_000,
      },
      'debug raft has 8192 of 9000 bytes of the snapshot up to 50 from 0',
    ],
  ],
  'snapshot-interrupted': [
    [
      {
        type: 'snapshot-interrupted',
        lastIncludedIndex: 50,
        receivedBytes: 8_192,
        totalBytes: 9_000,
        reason: 'a newer one comes',
      },
      'warn raft GIVES UP THE SNAPSHOT up to 50 after 8192 of 9000 bytes: a newer one comes',
    ],
  ],
  'snapshot-installed': [
    [
      { type: 'snapshot-installed', lastIncludedIndex: 50, lastIncludedTerm: 3, reason: 'it is whole' },
      'info raft INSTALLS THE SNAPSHOT up to 50 of term 3: it is whole',
    ],
  ],
  'log-compacted': [
    [
      { type: 'log-compacted', firstIndex: 1, lastIncludedIndex: 50, reason: 'retention is 10' },
      'info raft COMPACTS 1–50 into its snapshot: retention is 10',
    ],
  ],
};

describe('lines about snapshots', () => {
  itReads(samples);
});
