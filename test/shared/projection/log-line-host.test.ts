import { describe } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { HostEvent } from '../../../shared/event.ts';
import { itReads, sampleAddress, sampleId, sampleMembers, type LineSamples } from '../../support/log-lines.ts';

const samples: LineSamples<HostEvent> = {
  'node-started': [
    [
      {
        type: 'node-started',
        address: sampleAddress,
        storageId: sampleId,
        members: sampleMembers,
        term: 3,
        votedFor: 2,
        lastIndex: 7,
        termRuns: [{ term: 3, firstIndex: 1 }],
        timings: paperTimings,
        snapshot: { lastIncludedIndex: 5, lastIncludedTerm: 2 },
        configuration: {
          index: 4,
          configuration: { ...votersOnly([0, 1]), learners: [{ id: 2, storage: 9 }] },
        },
      },
      'info node STARTS on 127.0.0.1:11110, boot 1: term 3, vote for 2, log to 7, snapshot up to 5, ' +
        'configuration {0,1} + learners {2}',
    ],
    [
      {
        type: 'node-started',
        address: { host: '::1', port: 11_110 },
        storageId: sampleId,
        members: sampleMembers,
        term: 0,
        votedFor: null,
        lastIndex: 0,
        termRuns: [],
        timings: paperTimings,
        snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
        configuration: { index: 0, configuration: votersOnly([0, 1, 2]) },
      },
      'info node STARTS on [::1]:11110, boot 1: term 0, no vote, empty log, configuration {0,1,2}',
    ],
    [
      {
        type: 'node-started',
        address: sampleAddress,
        storageId: sampleId,
        members: sampleMembers,
        term: 0,
        votedFor: null,
        lastIndex: 0,
        termRuns: [],
        timings: paperTimings,
        snapshot: { lastIncludedIndex: 0, lastIncludedTerm: 0 },
        configuration: { index: 0, configuration: votersOnly([0]) },
        rulesOff: ['pre-vote'],
      },
      'warn node STARTS on 127.0.0.1:11110, boot 1: term 0, no vote, empty log, configuration {0}, RULES OFF: pre-vote',
    ],
  ],
  'node-stopping': [[{ type: 'node-stopping', reason: 'asked to' }, 'info node STOPS: asked to']],
  'timer-set': [
    [
      { type: 'timer-set', timer: 'election', deadlineNs: 1e9, durationNs: 231_000_000 },
      'trace node election timer set to 231 ms',
    ],
  ],
  'entries-persisted': [
    [
      { type: 'entries-persisted', lastIndex: 7, term: 3, votedFor: null, bytes: 120, flushNs: 840_000 },
      'debug disk on disk: log to 7, term 3, no vote (120 bytes flushed in 0.84 ms)',
    ],
  ],
  'entries-applied': [[{ type: 'entries-applied', from: 4, to: 5, digest: 1 }, 'debug node applies 4 → 5']],
  'snapshot-saved': [
    [
      { type: 'snapshot-saved', lastIncludedIndex: 50, lastIncludedTerm: 3, bytes: 1 },
      'info disk SNAPSHOT up to 50 of term 3 on disk (1 byte)',
    ],
  ],
  'snapshot-restored': [
    [{ type: 'snapshot-restored', lastIncludedIndex: 50, digest: 7 }, 'info node goes on from the snapshot up to 50'],
  ],
  'retention-changed': [
    [{ type: 'retention-changed', index: 9, retainEntries: 10 }, 'info node KEEPS 10 entries as of 9'],
    [{ type: 'retention-changed', index: 9, retainEntries: 1 }, 'info node KEEPS 1 entry as of 9'],
    [{ type: 'retention-changed', index: 9, retainEntries: 0 }, 'info node KEEPS all entries as of 9'],
  ],
  'request-repeated': [
    [
      { type: 'request-repeated', index: 9, sessionId: 7, requestSequence: 3, rule: 'client-dedupe' },
      'info client entry 9 repeats request 3 of session 7: it takes no effect again [D§6.3 client-dedupe]',
    ],
  ],
  'session-expired': [
    [
      { type: 'session-expired', sessionId: 7, reason: 'it was used longest ago' },
      'warn client SESSION 7 EXPIRED: it was used longest ago',
    ],
  ],
  'request-forwarded': [
    [{ type: 'request-forwarded', requestId: sampleId, to: 2 }, 'debug client request 1b9d6bcd forwarded to leader 2'],
  ],
  'log-repaired': [
    [
      { type: 'log-repaired', file: '00000001.log', offset: 4_096, cutBytes: 17, reason: 'the last record is torn' },
      'warn disk LOG REPAIRED, 17 bytes cut at offset 4096 of 00000001.log: the last record is torn',
    ],
  ],
  'disk-failed': [
    [
      { type: 'disk-failed', file: '00000001.log', reason: 'fdatasync failed (EIO)' },
      'error disk DISK FAILED at 00000001.log: fdatasync failed (EIO)',
    ],
  ],
  'assertion-failed': [
    [
      { type: 'assertion-failed', reason: 'the commit index never falls' },
      'error node ASSERTION FAILED: the commit index never falls',
    ],
  ],
};

describe('lines of the node around the core', () => {
  itReads(samples);
});
