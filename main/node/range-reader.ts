/**
 * Serves `indexRange` from decided entries (the seed's graceful overasking: more than there is returns what there is).
 */
import { limits } from '../../shared/cluster-config.ts';
import type { IndexRangeRequest, RangeAnswer, RangeEntry } from '../../shared/client-request.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import { succeed, type Result } from '../../shared/result.ts';
import type { LogStateMachine } from './log-state-machine.ts';
import type { ServiceHost } from './service-host.ts';

/** Bytes read from storage at a time. */
const readBytes = 256 * 1024;

/**
 * `compacted` when the range begins before the first entry that is held, or of which it is still known what came of it. A
 * request that is not decided is not shown, not even in part. Where a long stretch is not to be shown, the answer may be empty and
 * still say where to go on.
 * @param bytesMax of the payloads; the first one always passes
 * @throws StorageError when an entry can't be read.
 */
export function readRange(
  { storage, firstIndex: firstHeld }: Pick<ServiceHost, 'storage' | 'firstIndex'>,
  machine: LogStateMachine,
  request: IndexRangeRequest,
  bytesMax: number = limits.rangeBytesMax,
): Result<RangeAnswer> {
  const startIndex = Math.max(1, request.startIndex);
  const firstIndex = Math.max(firstHeld(), machine.firstIndex);
  if (startIndex < firstIndex) return compacted(startIndex, firstIndex);
  const appliedIndex = machine.decidedIndex;
  const endIndex = Math.min(request.endIndex, appliedIndex);
  const entries: RangeEntry[] = [];
  let bytes = 0;
  let scanned = 0;
  let index = startIndex;
  while (index <= endIndex) {
    if (scanned >= limits.rangeScannedBytesMax)
      return succeed({ kind: 'index-range', entries, appliedIndex, continueAt: index });
    for (const entry of storage.readEntries(index, endIndex, readBytes)) {
      scanned += entryBytes(entry);
      const refused = !machine.tookEffect(entry.index);
      const internal = entry.kind !== 'client' || refused;
      if (!internal || request.includeInternal) {
        bytes += entry.payload.byteLength;
        const full = entries.length >= limits.rangeEntriesMax || (entries.length > 0 && bytes > bytesMax);
        if (full) return succeed({ kind: 'index-range', entries, appliedIndex, continueAt: entry.index });
        const { term, kind, payload } = entry;
        entries.push({ index: entry.index, term, kind, payload, ...(refused ? { refused } : {}) });
      }
      index = entry.index + 1;
    }
  }
  return succeed({ kind: 'index-range', entries, appliedIndex });
}

function compacted(startIndex: number, firstIndex: number): Result<never> {
  const message = `The range begins at ${startIndex}, and this node keeps entries from ${firstIndex} on. Read from there.`;
  return { ok: false, failure: { code: 'compacted', message, firstIndex } };
}
