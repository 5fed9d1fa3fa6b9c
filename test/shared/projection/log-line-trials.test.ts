import { describe } from 'vitest';
import type { CheckEvent } from '../../../shared/check-event.ts';
import { labSourceId } from '../../../shared/ids.ts';
import type { ScenarioEvent } from '../../../shared/scenario-event.ts';
import { workloadSchema, type WorkloadEvent } from '../../../shared/workload.ts';
import { itReads, type LineSamples } from '../../support/log-lines.ts';

const figures = { spanNs: 2e9, answered: 3_000, failed: 2, unknown: 1, p50Ns: 840_000, p99Ns: 12_300_000 };
const figuresText = '3000 answered (1500/s, p50 0.84 ms, p99 12.3 ms), 2 failed, 1 of unknown outcome';

const samples: LineSamples<CheckEvent | WorkloadEvent | ScenarioEvent> = {
  'violation-found': [
    [
      {
        type: 'violation-found',
        promise: 'election-safety',
        rule: 'one-vote-per-term',
        sentence: 'Servers 0 and 1 both lead in term 4.',
        conflict: [],
      },
      'error check PROMISE BROKEN, election-safety: Servers 0 and 1 both lead in term 4. [§5.2 one-vote-per-term]',
    ],
    [
      { type: 'violation-found', promise: 'election-safety', sentence: 'Two lead.', conflict: [] },
      'error check PROMISE BROKEN, election-safety: Two lead.',
    ],
  ],
  'evidence-lost': [
    [
      { type: 'evidence-lost', promise: 'election-safety', reason: 'Events 4 to 9 of node 1 are missing.' },
      'warn check EVIDENCE LOST for election-safety (At most one leader in a term): Events 4 to 9 of node 1 are missing.',
    ],
  ],
  'workload-started': [
    [
      { type: 'workload-started', workload: workloadSchema.parse({}) },
      'info client WORKLOAD STARTED: 4 clients ask any node, as fast as they are answered, entries of 16 bytes',
    ],
    [
      {
        type: 'workload-started',
        workload: workloadSchema.parse({ clients: 1, requestsPerSecond: 50, node: 'leader', payloadBytes: 1 }),
      },
      'info client WORKLOAD STARTED: 1 client asks the leader, 50 requests a second, entries of 1 byte',
    ],
    [
      { type: 'workload-started', workload: workloadSchema.parse({ node: 2 }) },
      'info client WORKLOAD STARTED: 4 clients ask node 2, as fast as they are answered, entries of 16 bytes',
    ],
  ],
  'workload-figures': [[{ type: 'workload-figures', figures }, `debug client workload: ${figuresText}`]],
  'workload-stopped': [
    [
      { type: 'workload-stopped', reason: 'As asked.', figures },
      `info client WORKLOAD STOPPED: As asked. Altogether ${figuresText}`,
    ],
  ],
  'scenario-started': [
    [{ type: 'scenario-started', title: 'First election', steps: 1 }, 'info lab SCENARIO “First election” with 1 step'],
  ],
  'scenario-step': [[{ type: 'scenario-step', step: 2, text: 'crash node 1' }, 'info lab step 2: crash node 1']],
  'scenario-judged': [
    [
      { type: 'scenario-judged', expectation: 'a leader within 5 s', outcome: 'met', reason: 'node 1 leads' },
      'info lab expected: a leader within 5 s: AS EXPECTED: node 1 leads',
    ],
    [
      { type: 'scenario-judged', expectation: 'a leader within 5 s', outcome: 'failed', reason: '' },
      'warn lab expected: a leader within 5 s: NOT AS EXPECTED',
    ],
  ],
  'scenario-ended': [
    [
      { type: 'scenario-ended', title: 'First election', outcome: 'met', reason: '' },
      'info lab SCENARIO “First election” ENDED, AS EXPECTED',
    ],
    [
      { type: 'scenario-ended', title: 'First election', outcome: 'not-judged', reason: 'It was stopped.' },
      'warn lab SCENARIO “First election” ENDED, NOT JUDGED: It was stopped.',
    ],
  ],
};

describe('lines about checks, workloads and scenarios', () => {
  itReads(samples, labSourceId);
});
