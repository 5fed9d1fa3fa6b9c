/**
 * A message's body: one MessagePack array per message, its fields in the order of README.md's table. The kind and the
 * sender stand in the header; candidateId and leaderId are the sender, so they are not sent twice.
 *
 * Nothing of a body is believed: `isPlainBody` looks at its form, the readers at each field's type and bounds, and
 * `describeNonsense` at whether the fields go together.
 */
import { Packr, RESERVE_START_SPACE } from 'msgpackr';
import { assertNever } from '../../shared/assert.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { InstallSnapshot, MessageKind, RaftMessage } from '../../shared/raft-message.ts';
import { isPlainBody } from './body-guard.ts';
import { callFields } from './client-call-codec.ts';
import { callReplyFields } from './client-reply-codec.ts';
import { configurationIntegers } from './configuration-codec.ts';
import { refuse, type Decoded } from './decoded.ts';
import { entriesFields } from './entry-codec.ts';
import { FieldReader, type Problem } from './field-reader.ts';
import { answerFields } from './forward-reply-codec.ts';
import { readMessage, readModes } from './message-reader.ts';
import { expectationIntegers, sessionIntegers } from './session-codec.ts';
import { headerBytes } from './wire-header.ts';

const packr = new Packr({ useRecords: false });

/**
 * The message's bytes behind `headerBytes` bytes that are still to be filled. They are the caller's alone: the library
 * goes on behind them and begins a new block when one is full.
 */
export function encodeMessage(message: RaftMessage): Uint8Array {
  return packr.pack(fieldsOf(message), RESERVE_START_SPACE + headerBytes);
}

function fieldsOf(message: RaftMessage): unknown[] {
  switch (message.kind) {
    case 'pre-vote':
      return [message.term, message.round, message.lastLogIndex, message.lastLogTerm];
    case 'request-vote':
      return [message.term, message.round, message.lastLogIndex, message.lastLogTerm, message.transfer];
    case 'pre-vote-reply':
    case 'request-vote-reply':
      return [message.term, message.round, message.storage, message.voteGranted];
    case 'append-entries': {
      const { term, round, prevLogIndex, prevLogTerm, leaderCommit, entries } = message;
      return [term, round, prevLogIndex, prevLogTerm, leaderCommit, ...entriesFields(entries, message)];
    }
    case 'append-entries-reply': {
      const { term, round, storage, success, matchIndex, conflictTerm, conflictIndex } = message;
      return [term, round, storage, success, matchIndex, conflictTerm, conflictIndex];
    }
    case 'install-snapshot':
      return installSnapshotFields(message);
    case 'install-snapshot-reply': {
      const { term, round, storage, lastIncludedIndex, lastIncludedTerm, nextOffset, installed } = message;
      return [term, round, storage, lastIncludedIndex, lastIncludedTerm, nextOffset, installed];
    }
    case 'timeout-now':
      return [message.term, message.round];
    case 'read-index':
      return [message.term, message.round, readModes.indexOf(message.mode)];
    case 'read-index-reply':
      return [message.term, message.round, message.success, message.readIndex];
    case 'forward-append': {
      const { term, round, entries, expect, session } = message;
      const condition = expect ? expectationIntegers(expect) : null;
      return [term, round, entries, condition, session ? sessionIntegers(session) : null];
    }
    case 'forward-append-reply':
      return [message.round, ...answerFields(message)];
    case 'client-call':
      return callFields(message);
    case 'client-call-reply':
      return callReplyFields(message);
    default:
      return assertNever(message, 'fieldsOf');
  }
}

function installSnapshotFields(message: InstallSnapshot): unknown[] {
  const { term, round, lastIncludedIndex, lastIncludedTerm, configurationIndex, totalBytes, offset, data } = message;
  const configuration = configurationIntegers(message.configuration);
  return [
    term,
    round,
    lastIncludedIndex,
    lastIncludedTerm,
    configuration,
    configurationIndex,
    totalBytes,
    offset,
    data,
  ];
}

/** Reads the body of a message that `sender` sent. Byte strings in the result are copies. */
export function decodeMessage(kind: MessageKind, body: Uint8Array, sender: NodeId): Decoded<RaftMessage> {
  if (!isPlainBody(body)) return refuse('malformed', `The body of this ${kind} is cut off or not one of ours.`);
  const problem: Problem = {};
  const fields = new FieldReader(unpack(body), problem, 'the message');
  const message = readMessage(kind, fields, sender, problem);
  fields.end('the message');
  if (problem.reason !== undefined) return refuse('malformed', `This ${kind} is malformed: ${problem.reason}.`);
  return { ok: true, value: message };
}

/** Undefined when the library gives up. After the guard it should not; but it is not ours to promise. */
function unpack(body: Uint8Array): unknown {
  try {
    return packr.unpack(body);
  } catch {
    return undefined;
  }
}
