/** An entry as a server holds it at the moment, whatever becomes of it: for whoever looks into its log. */
import type { NodeId } from '../../shared/ids.ts';
import type { HeldEntry } from '../../shared/query.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { StorageError, type Storage } from '../ports.ts';
import type { LogShape } from '../raft/log-shape.ts';

/** `compacted` with the first index that is held, `invalid` when there is none yet, `unusable` when the disk does not give it. */
export function heldEntry(
  id: NodeId,
  log: Pick<LogShape, 'base' | 'lastIndex'>,
  storage: Pick<Storage, 'readEntries'>,
  index: number,
): Result<HeldEntry> {
  const firstIndex = log.base.index + 1;
  if (index < firstIndex) {
    const message = `Entry ${index} is no longer in the log of node ${id}, which begins at ${firstIndex}: a snapshot holds what came of it.`;
    return { ok: false, failure: { code: 'compacted', message, firstIndex } };
  }
  if (index > log.lastIndex) return fail('invalid', noSuchEntry(id, log, index));
  try {
    const [entry] = storage.readEntries(index, index, 0);
    if (!entry) return fail('invalid', noSuchEntry(id, log, index));
    const { index: _index, ...held } = entry;
    return succeed(held);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return fail('unusable', error.message);
  }
}

function noSuchEntry(id: NodeId, { base, lastIndex }: Pick<LogShape, 'base' | 'lastIndex'>, index: number): string {
  const there = lastIndex === base.index ? 'which is empty' : `which ends at ${lastIndex}`;
  return `There is no entry ${index} in the log of node ${id}, ${there}.`;
}
