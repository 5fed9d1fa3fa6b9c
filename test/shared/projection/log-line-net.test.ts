import { describe } from 'vitest';
import type { NetEvent } from '../../../shared/event.ts';
import { clientIdOf } from '../../../shared/ids.ts';
import { itReads, sampleAddress, sampleId, type LineSamples } from '../../support/log-lines.ts';

const samples: LineSamples<NetEvent> = {
  'datagram-sent': [
    [
      {
        type: 'datagram-sent',
        to: 1,
        datagram: 12,
        uuid: sampleId,
        bytes: 143,
        message: {
          kind: 'append-entries',
          term: 3,
          round: 9,
          prevLogIndex: 4,
          prevLogTerm: 2,
          entryCount: 2,
          leaderCommit: 4,
        },
      },
      'trace net SEND AppendEntries to 1: term 3, prev 4 of term 2, 2 entries, commit 4, round 9 (#12, 143 bytes)',
    ],
    [
      {
        type: 'datagram-sent',
        to: 1,
        datagram: 13,
        uuid: sampleId,
        bytes: 90,
        message: {
          kind: 'append-entries',
          term: 3,
          round: 2 * 2 ** 32 + 10,
          prevLogIndex: 0,
          prevLogTerm: 0,
          entryCount: 0,
          leaderCommit: 0,
        },
      },
      'trace net SEND heartbeat to 1: term 3, prev 0 of term 0, commit 0, round 10 (#13, 90 bytes)',
    ],
    [
      {
        type: 'datagram-sent',
        to: clientIdOf(77),
        datagram: 14,
        uuid: sampleId,
        bytes: 120,
        message: { kind: 'client-call-reply', round: 4, requestCount: 3 },
      },
      'trace net SEND client call reply to a client: 3 answers, round 4 (#14, 120 bytes)',
    ],
  ],
  'datagram-faulted': [
    [
      {
        type: 'datagram-faulted',
        from: 1,
        fromBoot: 2,
        datagram: 12,
        faultRule: 'slow 1→0',
        act: 'delayed',
        delayNs: 3_200_000,
      },
      'trace faults DELAYED #12 from 1 by 3.20 ms: slow 1→0',
    ],
    [
      {
        type: 'datagram-faulted',
        from: 1,
        fromBoot: 2,
        datagram: 12,
        faultRule: 'noise',
        act: 'corrupted',
        delayNs: 0,
      },
      'trace faults CORRUPTED #12 from 1: noise',
    ],
  ],
  'datagram-received': [
    [
      {
        type: 'datagram-received',
        from: clientIdOf(77),
        fromBoot: 77,
        datagram: 14,
        uuid: sampleId,
        bytes: 120,
        message: { kind: 'client-call', round: 4, requestCount: 1 },
      },
      'trace net RECEIVE client call from a client: 1 request, round 4 (#14, 120 bytes)',
    ],
    [
      {
        type: 'datagram-received',
        from: 0,
        fromBoot: 2,
        datagram: 14,
        uuid: sampleId,
        bytes: 4_200,
        message: {
          kind: 'install-snapshot',
          term: 3,
          round: 4,
          lastIncludedIndex: 50,
          offset: 4_096,
          totalBytes: 9_000,
          byteCount: 4_096,
        },
      },
      'trace net RECEIVE InstallSnapshot from 0: term 3, snapshot up to 50, bytes 4096–8191 of 9000, round 4 (#14, 4200 bytes)',
    ],
    [
      {
        type: 'datagram-received',
        from: 1,
        fromBoot: 2,
        datagram: 15,
        uuid: sampleId,
        bytes: 88,
        message: {
          kind: 'install-snapshot-reply',
          term: 3,
          round: 4,
          lastIncludedIndex: 50,
          offset: 8_192,
          success: false,
        },
      },
      'trace net RECEIVE InstallSnapshot reply from 1: no, term 3, snapshot up to 50, at byte 8192, round 4 (#15, 88 bytes)',
    ],
    [
      {
        type: 'datagram-received',
        from: 0,
        fromBoot: 2,
        datagram: 16,
        uuid: sampleId,
        bytes: 60,
        message: { kind: 'timeout-now', term: 3, round: 5 },
      },
      'trace net RECEIVE TimeoutNow from 0: term 3, round 5 (#16, 60 bytes)',
    ],
    [
      {
        type: 'datagram-received',
        from: 1,
        fromBoot: 2,
        datagram: 12,
        uuid: sampleId,
        bytes: 88,
        message: { kind: 'request-vote-reply', term: 3, round: 1, success: false },
      },
      'trace net RECEIVE RequestVote reply from 1: no, term 3, round 1 (#12, 88 bytes)',
    ],
    [
      {
        type: 'datagram-received',
        from: 1,
        fromBoot: 2,
        datagram: 14,
        uuid: sampleId,
        bytes: 88,
        message: { kind: 'append-entries-reply', term: 3, round: 9, success: true, matchIndex: 6 },
      },
      'trace net RECEIVE AppendEntries reply from 1: yes, term 3, match 6, round 9 (#14, 88 bytes)',
    ],
    [
      {
        type: 'datagram-received',
        from: 1,
        fromBoot: 2,
        datagram: 15,
        uuid: sampleId,
        bytes: 88,
        message: { kind: 'request-vote', term: 3, round: 1, lastLogIndex: 7, lastLogTerm: 2 },
      },
      'trace net RECEIVE RequestVote from 1: term 3, last 7 of term 2, round 1 (#15, 88 bytes)',
    ],
  ],
  'datagram-dropped': [
    [
      { type: 'datagram-dropped', from: 1, fromBoot: 2, datagram: 12, faultRule: 'cut 1→0' },
      'trace faults DROP #12 from 1: cut 1→0',
    ],
  ],
  'datagram-refused': [
    [
      {
        type: 'datagram-refused',
        address: sampleAddress,
        bytes: 1,
        why: 'not-ours',
        reason: 'it does not begin as ours do',
      },
      'warn net datagram of 1 byte from 127.0.0.1:11110 refused as not-ours: it does not begin as ours do',
    ],
  ],
  'datagrams-refused': [
    [
      {
        type: 'datagrams-refused',
        why: 'replayed',
        count: 1,
        bytes: 90,
        address: sampleAddress,
        reason: 'Datagram 3 was here before.',
      },
      'warn net 1 more datagram of 90 bytes together refused as replayed, the latest from 127.0.0.1:11110: Datagram 3 was here before.',
    ],
  ],
  'controls-counted': [
    [
      { type: 'controls-counted', count: 5, bytes: 400, address: sampleAddress },
      'debug net 5 more datagrams of 400 bytes together between transports for themselves, the latest from 127.0.0.1:11110',
    ],
  ],
  'datagrams-missing': [
    [
      { type: 'datagrams-missing', from: 1, fromBoot: 2, count: 3, missing: 9 },
      'debug net 3 datagrams from 1 did not come (9 in its boot)',
    ],
    [
      { type: 'datagrams-missing', from: 1, fromBoot: 2, count: 1, missing: 1, overflowed: 4 },
      "debug net 1 datagram from 1 did not come (1 in its boot); this node's own receive buffer was too full for 4, of anyone's",
    ],
  ],
  'sends-failed': [
    [
      { type: 'sends-failed', to: 1, count: 12, reason: 'ENETDOWN' },
      'warn net SEND FAILED to 1 12 more times, the latest: ENETDOWN',
    ],
  ],
  'send-failed': [
    [{ type: 'send-failed', to: 1, datagram: 12, reason: 'ENETDOWN' }, 'warn net SEND FAILED to 1 (#12): ENETDOWN'],
  ],
};

describe('lines of the network', () => {
  itReads(samples);
});
