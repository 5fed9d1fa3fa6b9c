import { describe } from 'vitest';
import { paperTimings } from '../../../shared/cluster-config.ts';
import type { FaultEvent } from '../../../shared/bench-event.ts';
import type { CheckEvent } from '../../../shared/check-event.ts';
import type { ScenarioEvent } from '../../../shared/scenario-event.ts';
import type { WorkloadEvent } from '../../../shared/workload.ts';
import type { BenchEvent } from '../../../shared/event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import { itReads, sampleId, sampleMembers, type LineSamples } from '../../support/log-lines.ts';

const samples: LineSamples<Exclude<BenchEvent, FaultEvent | CheckEvent | WorkloadEvent | ScenarioEvent>> = {
  'cluster-started': [
    [
      {
        type: 'cluster-started',
        clusterId: sampleId,
        members: sampleMembers,
        timings: paperTimings,
        folder: '/tmp/lab/cluster-3',
      },
      'info lab CLUSTER STARTED: 3 nodes, election timeout 150–300 ms, heartbeat 50 ms, in /tmp/lab/cluster-3',
    ],
    [
      {
        type: 'cluster-started',
        clusterId: sampleId,
        members: sampleMembers,
        timings: paperTimings,
        folder: '',
        world: 'simulated',
        seed: 7,
        networkDelay: { minMs: 300, maxMs: 600 },
      },
      'info lab CLUSTER STARTED: 3 nodes, election timeout 150–300 ms, heartbeat 50 ms, datagrams take 300–600 ms, simulated with seed 7',
    ],
  ],
  'pace-changed': [
    [{ type: 'pace-changed', speed: 0 }, 'info lab TIME HELD'],
    [{ type: 'pace-changed', speed: 0.5 }, 'info lab time passes, 0.5 s a second'],
  ],
  'search-progress': [
    [
      { type: 'search-progress', looking: 'split-vote', seed: 7, tried: 6, seedsMax: 100, state: 'searching' },
      'debug lab looks for a seed with a split vote: 6 of 100 tried',
    ],
    [
      { type: 'search-progress', looking: 'two-leaders', seed: 7, tried: 7, seedsMax: 100, state: 'found' },
      'info lab FOUND a seed with two leaders: 7, after 7',
    ],
    [
      { type: 'search-progress', looking: 'violation', seed: 100, tried: 100, seedsMax: 100, state: 'not-found' },
      'info lab NOT FOUND: no seed with a broken promise among 100',
    ],
    [
      { type: 'search-progress', looking: 'violation', seed: 9, tried: 8, seedsMax: 100, state: 'stopped' },
      'info lab SEARCH STOPPED: no seed with a broken promise among 8',
    ],
  ],
  'cluster-stopped': [[{ type: 'cluster-stopped', reason: 'asked to' }, 'info lab CLUSTER STOPPED: asked to']],
  'ports-moved': [
    [
      { type: 'ports-moved', wanted: 11_110, got: 11_120, reason: 'port 11111 is taken' },
      'warn lab PORTS MOVED from 11110 to 11120: port 11111 is taken',
    ],
  ],
  'node-launched': [[{ type: 'node-launched', target: 1 }, 'info lab launches node 1']],
  'node-ended': [
    [{ type: 'node-ended', target: 1, cause: 'crashed', reason: 'killed' }, 'info lab node 1 CRASHED: killed'],
    [
      { type: 'node-ended', target: 1, cause: 'failed', reason: 'its log is damaged' },
      'error lab node 1 FAILED: its log is damaged',
    ],
  ],
  'link-cut': [
    [
      { type: 'link-cut', link: { from: 0, to: 2 }, faultRule: 'cut 0→2' },
      'info faults CUT 0 → 2: nothing arrives at 2 from 0',
    ],
  ],
  'link-healed': [
    [{ type: 'link-healed', link: { from: 0, to: 2 }, faultRule: 'cut 0→2' }, 'info faults HEALED 0 → 2'],
  ],
  'request-sent': [
    [
      {
        type: 'request-sent',
        requestId: sampleId,
        target: 1,
        request: { kind: 'append', entryCount: 1, payloadBytes: 3, preview: 'foo' },
      },
      'info client request 1b9d6bcd to node 1: append 1 entry of 3 bytes “foo”',
    ],
    [
      {
        type: 'request-sent',
        requestId: sampleId,
        target: 1,
        request: {
          kind: 'append',
          entryCount: 2,
          payloadBytes: 7,
          preview: 'foo\nbar',
          expect: { prevLogIndex: 4, prevLogTerm: 2 },
        },
      },
      'info client request 1b9d6bcd to node 1: append 2 entries of 7 bytes “foo⏎bar”, if the last client entry is 4 of term 2',
    ],
    [
      {
        type: 'request-sent',
        requestId: sampleId,
        target: 1,
        request: { kind: 'index-range', startIndex: 0, endIndex: 5, read: 'linearizable' },
      },
      'info client request 1b9d6bcd to node 1: range 0..5, linearizable read',
    ],
  ],
  'request-answered': [
    [
      {
        type: 'request-answered',
        requestId: sampleId,
        target: 1,
        latencyNs: 2_340_000,
        outcome: { kind: 'appended', firstIndex: 2, lastIndex: 2, term: 1 },
      },
      'info client request 1b9d6bcd to node 1: appended at 2 of term 1 after 2.34 ms',
    ],
    [
      {
        type: 'request-answered',
        requestId: sampleId,
        target: 1,
        latencyNs: 12_340_000,
        outcome: { kind: 'range', entryCount: 1, appliedIndex: 2 },
      },
      'info client request 1b9d6bcd to node 1: 1 entry, applied to 2, after 12.3 ms',
    ],
    [
      {
        type: 'request-answered',
        requestId: sampleId,
        target: 1,
        latencyNs: 5e9,
        outcome: { kind: 'failed', code: 'no-leader', outcomeKnown: true, message: 'No leader was known.' },
      },
      'warn client request 1b9d6bcd to node 1: refused (no-leader) after 5000 ms: No leader was known.',
    ],
    [
      {
        type: 'request-answered',
        requestId: sampleId,
        target: 1,
        latencyNs: 5e9,
        outcome: { kind: 'failed', code: 'timed-out', outcomeKnown: false, message: 'No answer in time.' },
      },
      'warn client request 1b9d6bcd to node 1: OUTCOME UNKNOWN (timed-out) after 5000 ms: No answer in time.',
    ],
  ],
  'command-refused': [
    [
      {
        type: 'command-refused',
        command: 'start-node',
        failure: { code: 'invalid', message: 'Node 9 does not exist.' },
      },
      'warn lab start-node refused (invalid): Node 9 does not exist.',
    ],
  ],
};

describe('lines of the lab', () => {
  itReads(samples, labSourceId);
});
