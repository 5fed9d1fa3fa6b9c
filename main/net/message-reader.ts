/**
 * Takes a message out of the fields of its body, each with its type and bounds; the order is that of README.md's table.
 */
import { assertNever } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type {
  AppendEntries,
  AppendEntriesReply,
  ConfirmedReadMode,
  ForwardAppend,
  InstallSnapshot,
  InstallSnapshotReply,
  MessageKind,
  PreVote,
  RaftMessage,
  ReadIndexReply,
  RequestVoteReply,
} from '../../shared/raft-message.ts';
import { readConfiguration, storageNumberMax } from './configuration-codec.ts';
import { readClientCall } from './client-call-reader.ts';
import { readClientCallReply } from './client-reply-reader.ts';
import { readEntries } from './entry-codec.ts';
import { FieldReader, type Problem } from './field-reader.ts';
import { readForwardAppendReply } from './forward-reply-codec.ts';
import { readExpectation, readSession } from './session-codec.ts';

const roundMax = Number.MAX_SAFE_INTEGER;

/** A mode's place is its number on the wire: append only. */
export const readModes: readonly ConfirmedReadMode[] = ['linearizable', 'lease'];

/** What is wrong is noted in `problem`; the message is worth nothing then. */
export function readMessage(kind: MessageKind, fields: FieldReader, sender: NodeId, problem: Problem): RaftMessage {
  switch (kind) {
    case 'pre-vote':
      return { kind, candidateId: sender, ...readVoteCall(fields) };
    case 'request-vote':
      return { kind, candidateId: sender, ...readVoteCall(fields), transfer: fields.boolean('transfer') };
    case 'pre-vote-reply':
    case 'request-vote-reply':
      return { kind, ...readReplyHead(fields), voteGranted: fields.boolean('voteGranted') };
    case 'append-entries':
      return readAppendEntries(fields, sender, problem);
    case 'append-entries-reply':
      return readAppendEntriesReply(fields);
    case 'install-snapshot':
      return readInstallSnapshot(fields, sender, problem);
    case 'install-snapshot-reply':
      return readInstallSnapshotReply(fields);
    case 'timeout-now':
      return { kind, ...readTermAndRound(fields) };
    case 'read-index':
      return { kind, ...readTermAndRound(fields), mode: fields.choice('mode', readModes) ?? 'linearizable' };
    case 'read-index-reply':
      return readReadIndexReply(fields);
    case 'forward-append':
      return readForwardAppend(fields, problem);
    case 'forward-append-reply':
      return readForwardAppendReply(fields, problem, readRound(fields));
    case 'client-call':
      return readClientCall(fields, problem, readRound(fields));
    case 'client-call-reply':
      return readClientCallReply(fields, problem, readRound(fields));
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

/** A folder has a number from 1 up. */
function readReplyHead(fields: FieldReader): Pick<RequestVoteReply, 'term' | 'round' | 'storage'> {
  return { ...readTermAndRound(fields), storage: fields.integer('storage', storageNumberMax, 1) };
}

function readVoteCall(fields: FieldReader): Omit<PreVote, 'kind' | 'candidateId'> {
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
  const entries = readEntries(fields, { prevLogIndex, prevLogTerm }, problem);
  return { kind: 'append-entries', ...head, leaderId: sender, prevLogIndex, prevLogTerm, leaderCommit, entries };
}

function readAppendEntriesReply(fields: FieldReader): AppendEntriesReply {
  const head = readReplyHead(fields);
  const success = fields.boolean('success');
  const matchIndex = fields.integer('matchIndex', limits.indexMax);
  const conflictTerm = fields.integer('conflictTerm', limits.termMax);
  const conflictIndex = fields.integer('conflictIndex', limits.indexMax);
  return { kind: 'append-entries-reply', ...head, success, matchIndex, conflictTerm, conflictIndex };
}

function readInstallSnapshot(fields: FieldReader, sender: NodeId, problem: Problem): InstallSnapshot {
  const head = readTermAndRound(fields);
  const lastIncludedIndex = fields.integer('lastIncludedIndex', limits.indexMax - limits.appendEntriesCountMax, 1);
  const lastIncludedTerm = fields.integer('lastIncludedTerm', limits.termMax, 1);
  const servers = fields.fieldsOf('configuration');
  const configuration = readConfiguration(servers, problem);
  servers.end('configuration');
  const configurationIndex = fields.integer('configurationIndex', lastIncludedIndex);
  const totalBytes = fields.integer('totalBytes', limits.snapshotBytesMax);
  const offset = fields.integer('offset', totalBytes);
  const data = fields.bytes('data', Math.min(limits.snapshotChunkBytesMax, totalBytes - offset));
  return {
    kind: 'install-snapshot',
    ...head,
    leaderId: sender,
    lastIncludedIndex,
    lastIncludedTerm,
    configuration,
    configurationIndex,
    offset,
    totalBytes,
    data,
  };
}

function readInstallSnapshotReply(fields: FieldReader): InstallSnapshotReply {
  const head = readReplyHead(fields);
  const lastIncludedIndex = fields.integer('lastIncludedIndex', limits.indexMax);
  const lastIncludedTerm = fields.integer('lastIncludedTerm', limits.termMax);
  const nextOffset = fields.integer('nextOffset', limits.snapshotBytesMax);
  const installed = fields.boolean('installed');
  return { kind: 'install-snapshot-reply', ...head, lastIncludedIndex, lastIncludedTerm, nextOffset, installed };
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
  const expect = readNested(fields, 'expect', readExpectation);
  const session = readNested(fields, 'session', readSession);
  return { kind: 'forward-append', ...head, entries, ...(expect && { expect }), ...(session && { session }) };
}

/** A list of fields of its own, or nil. */
function readNested<T>(fields: FieldReader, name: string, read: (fields: FieldReader) => T): T | undefined {
  const nested = fields.optionalFields(name);
  if (!nested) return undefined;
  const value = read(nested);
  nested.end(name);
  return value;
}
