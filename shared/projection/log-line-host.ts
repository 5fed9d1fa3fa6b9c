/**
 * Lines for what the node around the core does: its life, its disk, its timers.
 */
import { formatAddress } from '../address.ts';
import { describeConfiguration } from '../configuration.ts';
import type { EventOf, HostEvent } from '../event.ts';
import type { Describers } from './log-line-shape.ts';
import { because, counted, millisecondsText, ruleTag, shortId } from './log-line-words.ts';

export const describeHost: Describers<HostEvent> = {
  'node-started': {
    target: 'node',
    level: ({ rulesOff = [] }) => (rulesOff.length > 0 ? 'warn' : 'info'),
    text: startText,
  },
  'node-stopping': { target: 'node', level: 'info', text: ({ reason }) => `STOPS${because(reason)}` },
  'timer-set': {
    target: 'node',
    level: 'trace',
    text: ({ timer, durationNs }) => `${timer} timer set to ${millisecondsText(durationNs)}`,
  },
  'entries-persisted': {
    target: 'disk',
    level: 'debug',
    text: ({ lastIndex, term, votedFor, bytes, flushNs }) =>
      `on disk: log to ${lastIndex}, term ${term}, ${voteText(votedFor)} ` +
      `(${counted(bytes, 'byte', 'bytes')} flushed in ${millisecondsText(flushNs)})`,
  },
  'entries-applied': { target: 'node', level: 'debug', text: ({ from, to }) => `applies ${from} → ${to}` },
  'snapshot-saved': {
    target: 'disk',
    level: 'info',
    text: ({ lastIncludedIndex, lastIncludedTerm, bytes }) =>
      `SNAPSHOT up to ${lastIncludedIndex} of term ${lastIncludedTerm} on disk (${counted(bytes, 'byte', 'bytes')})`,
  },
  'snapshot-restored': {
    target: 'node',
    level: 'info',
    text: ({ lastIncludedIndex }) => `goes on from the snapshot up to ${lastIncludedIndex}`,
  },
  'retention-changed': {
    target: 'node',
    level: 'info',
    text: ({ index, retainEntries }) =>
      `KEEPS ${retainEntries === 0 ? 'all entries' : counted(retainEntries, 'entry', 'entries')} as of ${index}`,
  },
  'request-repeated': {
    target: 'client',
    level: 'info',
    text: ({ index, sessionId, requestSequence, rule }) =>
      `entry ${index} repeats request ${requestSequence} of session ${sessionId}: it takes no effect again${ruleTag(rule)}`,
  },
  'session-expired': {
    target: 'client',
    level: 'warn',
    text: ({ sessionId, reason }) => `SESSION ${sessionId} EXPIRED${because(reason)}`,
  },
  'request-forwarded': {
    target: 'client',
    level: 'debug',
    text: ({ requestId, to }) => `request ${shortId(requestId)} forwarded to leader ${to}`,
  },
  'log-repaired': {
    target: 'disk',
    level: 'warn',
    text: ({ file, offset, cutBytes, reason }) =>
      `LOG REPAIRED, ${counted(cutBytes, 'byte', 'bytes')} cut at offset ${offset} of ${file}${because(reason)}`,
  },
  'disk-failed': {
    target: 'disk',
    level: 'error',
    text: ({ file, reason }) => `DISK FAILED at ${file}${because(reason)}`,
  },
  'assertion-failed': { target: 'node', level: 'error', text: ({ reason }) => `ASSERTION FAILED${because(reason)}` },
};

function startText(event: EventOf<'node-started'>): string {
  const { boot, address, term, votedFor, lastIndex, snapshot, configuration, rulesOff = [] } = event;
  const log = lastIndex === 0 ? 'empty log' : `log to ${lastIndex}`;
  const held = snapshot.lastIncludedIndex > 0 ? `, snapshot up to ${snapshot.lastIncludedIndex}` : '';
  return (
    `STARTS on ${formatAddress(address)}, boot ${boot}: term ${term}, ${voteText(votedFor)}, ${log}${held}, ` +
    `configuration ${describeConfiguration(configuration.configuration)}` +
    (rulesOff.length > 0 ? `, RULES OFF: ${rulesOff.join(', ')}` : '')
  );
}

function voteText(votedFor: number | null): string {
  return votedFor === null ? 'no vote' : `vote for ${votedFor}`;
}
