/**
 * A message's body: one MessagePack array per message, its fields in the order of README.md's table. The kind and the
 * sender stand in the header; candidateId and leaderId are the sender, so they are not sent twice.
 *
 * Nothing of a body is believed: `isPlainBody` looks at its form, the readers at each field's type and bounds, and
 * `describeNonsense` at whether the fields go together.
 */
import { Packr, RESERVE_START_SPACE } from 'msgpackr';
import { assertNever } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type {
  AppendEntries,
  AppendEntriesReply,
  ForwardAppend,
  MessageKind,
  RaftMessage,
  ReadIndexReply,
  RequestVote,
} from '../../shared/raft-message.ts';
import { isPlainBody } from './body-guard.ts';
import { refuse, type Decoded } from './decoded.ts';
import { decodeEntry, encodeEntry, readExpectation } from './entry-codec.ts';
import { FieldReader, type Problem } from './field-reader.ts';
import { answerFields, readForwardAppendReply } from './forward-reply-codec.ts';
import { headerBytes } from './wire-header.ts';

const packr = new Packr({ useRecords: false });

const roundMax = Number.MAX_SAFE_INTEGER;

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
    case 'request-vote':
      return [message.term, message.round, message.lastLogIndex, message.lastLogTerm];
    case 'pre-vote-reply':
    case 'request-vote-reply':
      return [message.term, message.round, message.voteGranted];
    case 'append-entries': {
      const { term, round, prevLogIndex, prevLogTerm, leaderCommit, entries } = message;
      return [term, round, prevLogIndex, prevLogTerm, leaderCommit, entries.map(encodeEntry)];
    }
    case 'append-entries-reply': {
      const { term, round, success, matchIndex, conflictTerm, conflictIndex } = message;
      return [term, round, success, matchIndex, conflictTerm, conflictIndex];
    }
    case 'read-index':
      return [message.term, message.round];
    case 'read-index-reply':
      return [message.term, message.round, message.success, message.readIndex];
    case 'forward-append': {
      const { term, round, entries, expect } = message;
      return expect ? [term, round, entries, expect.prevLogIndex, expect.prevLogTerm] : [term, round, entries];
    }
    case 'forward-append-reply':
      return [message.round, ...answerFields(message)];
    default:
      return assertNever(message, 'fieldsOf');
  }
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

function readMessage(kind: MessageKind, fields: FieldReader, sender: NodeId, problem: Problem): RaftMessage {
  switch (kind) {
    case 'pre-vote':
    case 'request-vote':
      return { kind, candidateId: sender, ...readVoteCall(fields) };
    case 'pre-vote-reply':
    case 'request-vote-reply':
      return { kind, ...readTermAndRound(fields), voteGranted: fields.boolean('voteGranted') };
    case 'append-entries':
      return readAppendEntries(fields, sender, problem);
    case 'append-entries-reply':
      return readAppendEntriesReply(fields);
    case 'read-index':
      return { kind, ...readTermAndRound(fields) };
    case 'read-index-reply':
      return readReadIndexReply(fields);
    case 'forward-append':
      return readForwardAppend(fields, problem);
    case 'forward-append-reply':
      return readForwardAppendReply(fields, problem, readRound(fields));
    default:
      return assertNever(kind, 'readMessage');
  }
}

function readRound(fields: FieldReader): number {
  return fields.integer('round', roundMax);
}

function readTermAndRound(fields: FieldReader): { term: number; round: number } {
  const term = fields.integer('term', limits.termMax);
  return { term, round: readRound(fields) };
}

function readVoteCall(fields: FieldReader): Omit<RequestVote, 'kind' | 'candidateId'> {
  const head = readTermAndRound(fields);
  const lastLogIndex = fields.integer('lastLogIndex', limits.indexMax);
  const lastLogTerm = fields.integer('lastLogTerm', limits.termMax);
  return { ...head, lastLogIndex, lastLogTerm };
}

function readAppendEntries(fields: FieldReader, sender: NodeId, problem: Problem): AppendEntries {
  const head = readTermAndRound(fields);
  // The last entry's index must still be one.
  const prevLogIndex = fields.integer('prevLogIndex', limits.indexMax - limits.appendEntriesCountMax);
  const prevLogTerm = fields.integer('prevLogTerm', limits.termMax);
  const leaderCommit = fields.integer('leaderCommit', limits.indexMax);
  const list = fields.list('entries', limits.appendEntriesCountMax);
  const entries = list.map((value, place) => decodeEntry(value, prevLogIndex + 1 + place, problem));
  return { kind: 'append-entries', ...head, leaderId: sender, prevLogIndex, prevLogTerm, leaderCommit, entries };
}

function readAppendEntriesReply(fields: FieldReader): AppendEntriesReply {
  const head = readTermAndRound(fields);
  const success = fields.boolean('success');
  const matchIndex = fields.integer('matchIndex', limits.indexMax);
  const conflictTerm = fields.integer('conflictTerm', limits.termMax);
  const conflictIndex = fields.integer('conflictIndex', limits.indexMax);
  return { kind: 'append-entries-reply', ...head, success, matchIndex, conflictTerm, conflictIndex };
}

function readReadIndexReply(fields: FieldReader): ReadIndexReply {
  const head = readTermAndRound(fields);
  const success = fields.boolean('success');
  return { kind: 'read-index-reply', ...head, success, readIndex: fields.integer('readIndex', limits.indexMax) };
}

function readForwardAppend(fields: FieldReader, problem: Problem): ForwardAppend {
  const head = readTermAndRound(fields);
  const list = new FieldReader(fields.list('entries', limits.entriesPerRequestMax, 1), problem, 'entries');
  const entries: Uint8Array[] = [];
  while (list.hasMore) entries.push(list.bytes('an entry', limits.entryPayloadBytesMax));
  const bytes = entries.reduce((sum, payload) => sum + entryBytes({ payload }), 0);
  if (bytes > limits.requestBytesMax)
    problem.reason ??= `its entries need ${bytes} bytes and the limit is ${limits.requestBytesMax}`;
  const expect = fields.hasMore ? readExpectation(fields) : undefined;
  return { kind: 'forward-append', ...head, entries, ...(expect && { expect }) };
}
