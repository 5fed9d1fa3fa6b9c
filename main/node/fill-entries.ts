/**
 * The core orders AppendEntries by range and snapshots by offset; here the entries and the bytes come in from the storage.
 */
import { limits } from '../../shared/cluster-config.ts';
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

function fillAppend({ entryCount, ...fields }: AppendEntriesOrder, held: Held): ConsensusMessage | undefined {
  if (entryCount === 0) return { ...fields, entries: [] };
  const firstIndex = fields.prevLogIndex + 1;
  if (firstIndex < held.firstIndex) return undefined;
  const lastIndex = fields.prevLogIndex + entryCount;
  return { ...fields, entries: held.storage.readEntries(firstIndex, lastIndex, limits.appendEntriesBytesMax) };
}

function fillChunk({ byteCount, ...fields }: InstallSnapshotOrder, held: Held): ConsensusMessage | undefined {
  if (byteCount === 0) return { ...fields, data: new Uint8Array(0) };
  if (fields.lastIncludedIndex !== held.snapshotIndex) return undefined;
  return { ...fields, data: held.storage.readSnapshot(fields.offset, byteCount) };
}
