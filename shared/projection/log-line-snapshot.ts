/**
 * Lines for snapshots on their way, and for what leaves the log.
 */
import type { SnapshotEvent } from '../event.ts';
import type { Describers } from './log-line-shape.ts';
import { because, span } from './log-line-words.ts';

export const describeSnapshots: Describers<SnapshotEvent> = {
  'snapshot-sending': {
    target: 'raft',
    level: 'debug',
    text: ({ follower, lastIncludedIndex, offset, totalBytes, reason }) =>
      `sends the snapshot up to ${lastIncludedIndex} to ${follower}, from byte ${offset} of ${totalBytes}${because(reason)}`,
  },
  'snapshot-chunk-taken': {
    target: 'raft',
    level: 'debug',
    text: ({ from, lastIncludedIndex, nextOffset, totalBytes }) =>
      `has ${nextOffset} of ${totalBytes} bytes of the snapshot up to ${lastIncludedIndex} from ${from}`,
  },
  'snapshot-interrupted': {
    target: 'raft',
    level: 'warn',
    text: ({ lastIncludedIndex, receivedBytes, totalBytes, reason }) =>
      `GIVES UP THE SNAPSHOT up to ${lastIncludedIndex} after ${receivedBytes} of ${totalBytes} bytes${because(reason)}`,
  },
  'snapshot-installed': {
    target: 'raft',
    level: 'info',
    text: ({ lastIncludedIndex, lastIncludedTerm, reason }) =>
      `INSTALLS THE SNAPSHOT up to ${lastIncludedIndex} of term ${lastIncludedTerm}${because(reason)}`,
  },
  'log-compacted': {
    target: 'raft',
    level: 'info',
    text: ({ firstIndex, lastIncludedIndex, reason }) =>
      `COMPACTS ${span(firstIndex, lastIncludedIndex)} into its snapshot${because(reason)}`,
  },
};
