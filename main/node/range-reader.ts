/**
 * Serves `indexRange` from applied entries (the seed's graceful overasking: more than there is returns what there is).
 */
import { limits } from '../../shared/cluster-config.ts';
import type { IndexRangeRequest, RangeAnswer, RangeEntry } from '../../shared/client-request.ts';
import type { Storage } from '../ports.ts';
import type { LogStateMachine } from './log-state-machine.ts';

/** Bytes read from storage at a time. */
const readBytes = 256 * 1024;

/** @throws StorageError when an entry can't be read. */
export function readRange(storage: Storage, machine: LogStateMachine, request: IndexRangeRequest): RangeAnswer {
  const { appliedIndex } = machine;
  const endIndex = Math.min(request.endIndex, appliedIndex);
  const entries: RangeEntry[] = [];
  let bytes = 0;
  let index = Math.max(1, request.startIndex);
  while (index <= endIndex) {
    for (const entry of storage.readEntries(index, endIndex, readBytes)) {
      const refused = machine.isRefused(entry.index);
      const internal = entry.kind !== 'client' || refused;
      if (!internal || request.includeInternal) {
        bytes += entry.payload.byteLength;
        const full = entries.length >= limits.rangeEntriesMax || (entries.length > 0 && bytes > limits.rangeBytesMax);
        if (full) return { kind: 'index-range', entries, appliedIndex, continueAt: entry.index };
        const { term, kind, payload } = entry;
        entries.push({ index: entry.index, term, kind, payload, ...(refused ? { refused } : {}) });
      }
      index = entry.index + 1;
    }
  }
  return { kind: 'index-range', entries, appliedIndex };
}
