/**
 * Lines for what the checks find, and for workloads and scenarios that run.
 */
import type { CheckEvent } from '../check-event.ts';
import type { EventOf } from '../event.ts';
import { promises } from '../promises.ts';
import type { ScenarioEvent } from '../scenario-event.ts';
import type { WorkloadEvent, WorkloadFigures } from '../workload.ts';
import type { Describers } from './log-line-shape.ts';
import { because, counted, millisecondsText, ruleTag } from './log-line-words.ts';

export const describeTrials: Describers<CheckEvent | WorkloadEvent | ScenarioEvent> = {
  'violation-found': {
    target: 'check',
    level: 'error',
    text: ({ promise, rule, sentence }) => `PROMISE BROKEN, ${promise}: ${sentence}${ruleTag(rule)}`,
  },
  'evidence-lost': {
    target: 'check',
    level: 'warn',
    text: ({ promise, reason }) =>
      `EVIDENCE LOST for ${promise} (${promises[promise].sentence.replace(/\.$/, '')})${because(reason)}`,
  },
  'workload-started': { target: 'client', level: 'info', text: workloadText },
  'workload-figures': { target: 'client', level: 'debug', text: ({ figures }) => `workload: ${figuresText(figures)}` },
  'workload-stopped': {
    target: 'client',
    level: 'info',
    text: ({ reason, figures }) => `WORKLOAD STOPPED${because(reason)} Altogether ${figuresText(figures)}`,
  },
  'scenario-started': {
    target: 'lab',
    level: 'info',
    text: ({ title, steps }) => `SCENARIO “${title}” with ${counted(steps, 'step', 'steps')}`,
  },
  'scenario-step': { target: 'lab', level: 'info', text: ({ step, text }) => `step ${step}: ${text}` },
  'scenario-judged': {
    target: 'lab',
    level: ({ outcome }) => (outcome === 'met' ? 'info' : 'warn'),
    text: ({ expectation, outcome, reason }) => `expected: ${expectation}: ${outcomes[outcome]}${because(reason)}`,
  },
  'scenario-ended': {
    target: 'lab',
    level: ({ outcome }) => (outcome === 'met' ? 'info' : 'warn'),
    text: ({ title, outcome, reason }) => `SCENARIO “${title}” ENDED, ${outcomes[outcome]}${because(reason)}`,
  },
};

const outcomes = { met: 'AS EXPECTED', failed: 'NOT AS EXPECTED', 'not-judged': 'NOT JUDGED' } as const;

function workloadText({ workload }: EventOf<'workload-started'>): string {
  const { clients, requestsPerSecond, payloadBytes, node } = workload;
  const rate =
    requestsPerSecond === undefined ? 'as fast as they are answered' : `${requestsPerSecond} requests a second`;
  const whom = typeof node === 'number' ? `node ${node}` : node === 'leader' ? 'the leader' : 'any node';
  return `WORKLOAD STARTED: ${counted(clients, 'client asks', 'clients ask')} ${whom}, ${rate}, entries of ${counted(payloadBytes, 'byte', 'bytes')}`;
}

function figuresText({ spanNs, answered, failed, unknown, p50Ns, p99Ns }: WorkloadFigures): string {
  const rate = spanNs > 0 ? Math.round((answered * 1e9) / spanNs) : 0;
  const latency = `p50 ${millisecondsText(p50Ns)}, p99 ${millisecondsText(p99Ns)}`;
  return `${answered} answered (${rate}/s, ${latency}), ${failed} failed, ${unknown} of unknown outcome`;
}
