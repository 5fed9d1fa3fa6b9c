/**
 * The core orders AppendEntries by range; here the entries come in from the storage.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { Storage } from '../ports.ts';
import type { OutgoingMessage } from '../raft/contract.ts';

/** @throws StorageError when the entries can't be read. */
export function fillEntries(message: OutgoingMessage, storage: Storage): ConsensusMessage {
  if (message.kind !== 'append-entries') return message;
  const { entryCount, ...fields } = message;
  const { prevLogIndex } = message;
  if (entryCount === 0) return { ...fields, entries: [] };
  const lastIndex = prevLogIndex + entryCount;
  return { ...fields, entries: storage.readEntries(prevLogIndex + 1, lastIndex, limits.appendEntriesBytesMax) };
}
