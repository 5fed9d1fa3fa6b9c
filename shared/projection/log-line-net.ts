/**
 * Lines for datagrams. `#12` is the sender's number for the datagram: the same at both ends.
 */
import type { MessageSummary, NetEvent } from '../event.ts';
import { isClientId, type NodeId } from '../ids.ts';
import { isReply, type MessageKind } from '../raft-message.ts';
import { formatAddress } from '../address.ts';
import type { Describers } from './log-line-shape.ts';
import { because, counted, millisecondsText } from './log-line-words.ts';

const messageNames: Readonly<Record<MessageKind, string>> = {
  'pre-vote': 'PreVote',
  'pre-vote-reply': 'PreVote reply',
  'request-vote': 'RequestVote',
  'request-vote-reply': 'RequestVote reply',
  'append-entries': 'AppendEntries',
  'append-entries-reply': 'AppendEntries reply',
  'install-snapshot': 'InstallSnapshot',
  'install-snapshot-reply': 'InstallSnapshot reply',
  'timeout-now': 'TimeoutNow',
  'read-index': 'ReadIndex',
  'read-index-reply': 'ReadIndex reply',
  'forward-append': 'forwarded append',
  'forward-append-reply': 'forwarded append reply',
  'client-call': 'client call',
  'client-call-reply': 'client call reply',
};

/** The paper's name of a message. */
export function messageName(kind: MessageKind): string {
  return messageNames[kind];
}

export const describeNet: Describers<NetEvent> = {
  'datagram-sent': {
    target: 'net',
    level: 'trace',
    text: ({ to, datagram, bytes, message }) =>
      `SEND ${summaryName(message)} to ${nameOf(to)}: ${summaryText(message)} (#${datagram}, ${bytes} bytes)`,
  },
  'datagram-received': {
    target: 'net',
    level: 'trace',
    text: ({ from, datagram, bytes, message }) =>
      `RECEIVE ${summaryName(message)} from ${nameOf(from)}: ${summaryText(message)} (#${datagram}, ${bytes} bytes)`,
  },
  'datagram-dropped': {
    target: 'faults',
    level: 'trace',
    text: ({ from, datagram, faultRule }) => `DROP #${datagram} from ${nameOf(from)}: ${faultRule}`,
  },
  'datagram-faulted': {
    target: 'faults',
    level: 'trace',
    text: ({ from, datagram, faultRule, act, delayNs }) =>
      `${act.toUpperCase()} #${datagram} from ${nameOf(from)}${delayNs > 0 ? ` by ${millisecondsText(delayNs)}` : ''}: ${faultRule}`,
  },
  'datagram-refused': {
    target: 'net',
    level: 'warn',
    text: ({ address, bytes, why, reason }) =>
      `datagram of ${counted(bytes, 'byte', 'bytes')} from ${formatAddress(address)} refused as ${why}${because(reason)}`,
  },
  'datagrams-refused': {
    target: 'net',
    level: 'warn',
    text: ({ why, count, bytes, address, reason }) =>
      `${counted(count, 'more datagram', 'more datagrams')} of ${counted(bytes, 'byte', 'bytes')} together refused as ${why}, the latest from ${formatAddress(address)}${because(reason)}`,
  },
  'controls-counted': {
    target: 'net',
    level: 'debug',
    text: ({ count, bytes, address }) =>
      `${counted(count, 'more datagram', 'more datagrams')} of ${counted(bytes, 'byte', 'bytes')} together between transports for themselves, the latest from ${formatAddress(address)}`,
  },
  'datagrams-missing': {
    target: 'net',
    level: 'debug',
    text: ({ from, count, missing, overflowed }) =>
      `${counted(count, 'datagram', 'datagrams')} from ${from} did not come (${missing} in its boot)${overflowed === undefined ? '' : `; this node's own receive buffer was too full for ${overflowed}, of anyone's`}`,
  },
  'send-failed': {
    target: 'net',
    level: 'warn',
    text: ({ to, datagram, reason }) => `SEND FAILED to ${nameOf(to)} (#${datagram})${because(reason)}`,
  },
  'sends-failed': {
    target: 'net',
    level: 'warn',
    text: ({ to, count, reason }) =>
      `SEND FAILED to ${to} ${counted(count, 'more time', 'more times')}, the latest${because(reason)}`,
  },
};

/** Clients from outside have names for machines only. */
function nameOf(id: NodeId): string {
  return isClientId(id) ? 'a client' : String(id);
}

/** An AppendEntries without entries is a heartbeat (Raft §5.2). */
function summaryName({ kind, entryCount }: MessageSummary): string {
  return kind === 'append-entries' && entryCount === 0 ? 'heartbeat' : messageName(kind);
}

/** A sender numbers its rounds from its boot × 2³² on (main/raft/state.ts): a person wants to see the count within the boot. */
const roundsPerBoot = 2 ** 32;

/** The fields that the message has, in the paper's order. */
function summaryText(message: MessageSummary): string {
  const { success, term, lastLogIndex, lastLogTerm, prevLogIndex, prevLogTerm } = message;
  const { entryCount, leaderCommit, matchIndex, round } = message;
  const parts: string[] = [];
  if (success !== undefined) parts.push(success ? 'yes' : 'no');
  if (term !== undefined) parts.push(`term ${term}`);
  if (lastLogIndex !== undefined) parts.push(`last ${lastLogIndex}${termOf(lastLogTerm)}`);
  if (prevLogIndex !== undefined) parts.push(`prev ${prevLogIndex}${termOf(prevLogTerm)}`);
  if (entryCount !== undefined && entryCount > 0) parts.push(counted(entryCount, 'entry', 'entries'));
  if (message.requestCount !== undefined) parts.push(requestsText(message.kind, message.requestCount));
  if (leaderCommit !== undefined) parts.push(`commit ${leaderCommit}`);
  if (matchIndex !== undefined) parts.push(`match ${matchIndex}`);
  if (message.lastIncludedIndex !== undefined) parts.push(...snapshotParts(message, message.lastIncludedIndex));
  parts.push(`round ${round % roundsPerBoot}`);
  return parts.join(', ');
}

/** A chunk carries bytes; an answer, or a question, only says where to go on. */
function snapshotParts({ offset = 0, byteCount = 0, totalBytes }: MessageSummary, lastIncludedIndex: number): string[] {
  const whole = totalBytes === undefined ? '' : ` of ${totalBytes}`;
  const bytes = byteCount > 0 ? `bytes ${offset}–${offset + byteCount - 1}${whole}` : `at byte ${offset}${whole}`;
  return [`snapshot up to ${lastIncludedIndex}`, bytes];
}

function requestsText(kind: MessageKind, count: number): string {
  return isReply(kind) ? counted(count, 'answer', 'answers') : counted(count, 'request', 'requests');
}

function termOf(term: number | undefined): string {
  return term === undefined ? '' : ` of term ${term}`;
}
