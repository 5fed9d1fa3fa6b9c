/**
 * The core orders AppendEntries by range and snapshots by offset; here the entries and the bytes come in from the storage.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { Storage } from '../ports.ts';
import type { AppendEntriesOrder, InstallSnapshotOrder, OutgoingMessage } from '../raft/contract.ts';

/** What the storage holds at the moment. */
export interface Held {
  readonly storage: Storage;
  /** The first entry of the log. */
  readonly firstIndex: number;
  /** `lastIncludedIndex` of the snapshot that is read from; 0 for none that is certain. */
  readonly snapshotIndex: number;
}

/**
 * Undefined for a message whose contents have left the storage since it was ordered: like one that the network loses, it
 * is made up for later.
 * @throws StorageError when the contents can't be read.
 */
export function fillEntries(message: OutgoingMessage, held: Held): ConsensusMessage | undefined {
  if (message.kind === 'append-entries') return fillAppend(message, held);
  if (message.kind === 'install-snapshot') return fillChunk(message, held);
  return message;
}

/** Field by field: leaving one out of a copy costs several times as much, and this runs for every AppendEntries. */
function fillAppend(order: AppendEntriesOrder, held: Held): ConsensusMessage | undefined {
  const { kind, term, round, leaderId, prevLogIndex, prevLogTerm, leaderCommit, entryCount } = order;
  const entries = readOrdered(prevLogIndex + 1, entryCount, held);
  return entries && { kind, term, round, leaderId, prevLogIndex, prevLogTerm, leaderCommit, entries };
}

function readOrdered(firstIndex: number, count: number, held: Held): readonly LogEntry[] | undefined {
  if (count === 0) return [];
  if (firstIndex < held.firstIndex) return undefined;
  return held.storage.readEntries(firstIndex, firstIndex + count - 1, limits.appendEntriesBytesMax);
}

function fillChunk({ byteCount, ...fields }: InstallSnapshotOrder, held: Held): ConsensusMessage | undefined {
  if (byteCount === 0) return { ...fields, data: new Uint8Array(0) };
  if (fields.lastIncludedIndex !== held.snapshotIndex) return undefined;
  return { ...fields, data: held.storage.readSnapshot(fields.offset, byteCount) };
}
