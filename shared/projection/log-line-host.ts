/**
 * Lines for what the node around the core does: its life, its disk, its timers.
 */
import type { EventOf, HostEvent } from '../event.ts';
import { formatAddress } from '../address.ts';
import type { Describers } from './log-line-shape.ts';
import { because, counted, millisecondsText, shortId } from './log-line-words.ts';

export const describeHost: Describers<HostEvent> = {
  'node-started': { target: 'node', level: 'info', text: startText },
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

function startText({ boot, address, term, votedFor, lastIndex }: EventOf<'node-started'>): string {
  const log = lastIndex === 0 ? 'empty log' : `log to ${lastIndex}`;
  return `STARTS on ${formatAddress(address)}, boot ${boot}: term ${term}, ${voteText(votedFor)}, ${log}`;
}

function voteText(votedFor: number | null): string {
  return votedFor === null ? 'no vote' : `vote for ${votedFor}`;
}
