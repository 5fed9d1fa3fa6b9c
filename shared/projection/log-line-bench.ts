/**
 * Lines for what the lab reports: acts of a person, and how requests ended as the client sees it.
 */
import type { BenchEvent, EventOf } from '../event.ts';
import { describeFaults } from './log-line-faults.ts';
import type { Describers } from './log-line-shape.ts';
import { describeTrials } from './log-line-trials.ts';
import { because, counted, millisecondsText, shortId, span } from './log-line-words.ts';

export const describeBench: Describers<BenchEvent> = {
  ...describeFaults,
  ...describeTrials,
  'cluster-started': { target: 'lab', level: 'info', text: clusterStartedText },
  'pace-changed': {
    target: 'lab',
    level: 'info',
    text: ({ speed }) => (speed === 0 ? 'TIME HELD' : `time passes, ${speed} s a second`),
  },
  'search-progress': {
    target: 'lab',
    level: ({ state }) => (state === 'searching' ? 'debug' : 'info'),
    text: searchText,
  },
  'cluster-stopped': { target: 'lab', level: 'info', text: ({ reason }) => `CLUSTER STOPPED${because(reason)}` },
  'ports-moved': {
    target: 'lab',
    level: 'warn',
    text: ({ wanted, got, reason }) => `PORTS MOVED from ${wanted} to ${got}${because(reason)}`,
  },
  'node-launched': { target: 'lab', level: 'info', text: ({ target }) => `launches node ${target}` },
  'node-ended': {
    target: 'lab',
    level: ({ cause }) => (cause === 'failed' ? 'error' : 'info'),
    text: ({ target, cause, reason }) => `node ${target} ${cause.toUpperCase()}${because(reason)}`,
  },
  'link-cut': {
    target: 'faults',
    level: 'info',
    text: ({ link }) => `CUT ${link.from} → ${link.to}: nothing arrives at ${link.to} from ${link.from}`,
  },
  'link-healed': { target: 'faults', level: 'info', text: ({ link }) => `HEALED ${link.from} → ${link.to}` },
  'request-sent': { target: 'client', level: 'info', text: requestSentText },
  'request-answered': {
    target: 'client',
    level: ({ outcome }) => (outcome.kind === 'failed' ? 'warn' : 'info'),
    text: requestAnsweredText,
  },
  'command-refused': {
    target: 'lab',
    level: 'warn',
    text: ({ command, failure }) => `${command} refused (${failure.code})${because(failure.message)}`,
  },
};

function clusterStartedText(event: EventOf<'cluster-started'>): string {
  const { members, timings, folder, world, seed, networkDelay: delay } = event;
  const place = world === 'simulated' ? `simulated with seed ${seed ?? 0}` : `in ${folder}`;
  const { electionTimeoutMinMs: min, electionTimeoutMaxMs: max, heartbeatIntervalMs: heartbeat } = timings;
  const nodes = counted(members.length, 'node', 'nodes');
  const way = delay === undefined ? '' : `datagrams take ${delay.minMs}–${delay.maxMs} ms, `;
  return `CLUSTER STARTED: ${nodes}, election timeout ${min}–${max} ms, heartbeat ${heartbeat} ms, ${way}${place}`;
}

const sought = { 'split-vote': 'a split vote', 'two-leaders': 'two leaders', violation: 'a broken promise' } as const;

function searchText({ looking, seed, tried, seedsMax, state }: EventOf<'search-progress'>): string {
  const what = `seed with ${sought[looking]}`;
  if (state === 'searching') return `looks for a ${what}: ${tried} of ${seedsMax} tried`;
  if (state === 'found') return `FOUND a ${what}: ${seed}, after ${tried}`;
  return `${state === 'stopped' ? 'SEARCH STOPPED' : 'NOT FOUND'}: no ${what} among ${tried}`;
}

function requestSentText({ requestId, target, request }: EventOf<'request-sent'>): string {
  const id = shortId(requestId);
  if (request.kind === 'index-range') {
    const read = `${request.read} read`;
    return `request ${id} to node ${target}: range ${request.startIndex}..${request.endIndex}, ${read}`;
  }
  const { entryCount, payloadBytes, preview, expect } = request;
  const what = `${counted(entryCount, 'entry', 'entries')} of ${counted(payloadBytes, 'byte', 'bytes')}`;
  const only = expect ? `, if the last client entry is ${expect.prevLogIndex} of term ${expect.prevLogTerm}` : '';
  return `request ${id} to node ${target}: append ${what} “${preview}”${only}`;
}

function requestAnsweredText({ requestId, target, latencyNs, outcome }: EventOf<'request-answered'>): string {
  const head = `request ${shortId(requestId)} to node ${target}`;
  const after = `after ${millisecondsText(latencyNs)}`;
  if (outcome.kind === 'appended') {
    return `${head}: appended at ${span(outcome.firstIndex, outcome.lastIndex)} of term ${outcome.term} ${after}`;
  }
  if (outcome.kind === 'range') {
    const { entryCount, appliedIndex } = outcome;
    return `${head}: ${counted(entryCount, 'entry', 'entries')}, applied to ${appliedIndex}, ${after}`;
  }
  const verdict = outcome.outcomeKnown ? `refused (${outcome.code})` : `OUTCOME UNKNOWN (${outcome.code})`;
  return `${head}: ${verdict} ${after}${because(outcome.message)}`;
}
