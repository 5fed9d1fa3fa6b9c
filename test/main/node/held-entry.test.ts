import { describe, expect, it } from 'vitest';
import { heldEntry } from '../../../main/node/held-entry.ts';
import { StorageError } from '../../../main/ports.ts';
import { votersOnly } from '../../../shared/configuration.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entries: readonly LogEntry[] = [
  { index: 1, term: 1, kind: 'noop', payload: bytes('') },
  { index: 2, term: 1, kind: 'client', payload: bytes('two'), expect: { prevLogIndex: 0, prevLogTerm: 0 } },
  { index: 3, term: 2, kind: 'configuration', payload: bytes(''), configuration: votersOnly([0, 1]) },
  { index: 4, term: 2, kind: 'session', payload: bytes('') },
  { index: 5, term: 2, kind: 'retention', payload: bytes(''), retainEntries: 7 },
];

function look(index: number, base = 0, lastIndex = entries.length) {
  const storage = new MemoryDisk().open();
  storage.write({ entries });
  return heldEntry(4, { base: { index: base, term: 0 }, lastIndex }, storage, index);
}

describe('an entry that a server holds', () => {
  it.each(entries)('is shown as it is: $kind', ({ index, ...held }) => {
    expect(look(index)).toEqual({ ok: true, value: held });
  });

  it('that went into a snapshot is said to be there, with the first one that is left', () => {
    const message = 'Entry 2 is no longer in the log of node 4, which begins at 4: a snapshot holds what came of it.';
    expect(look(2, 3)).toEqual({ ok: false, failure: { code: 'compacted', message, firstIndex: 4 } });
  });

  it.each([
    [6, 0, 5, 'There is no entry 6 in the log of node 4, which ends at 5.'],
    [1, 0, 0, 'There is no entry 1 in the log of node 4, which is empty.'],
  ])('at %i with a log from %i to %i is none', (index, base, lastIndex, message) => {
    expect(look(index, base, lastIndex)).toEqual({ ok: false, failure: { code: 'invalid', message } });
  });

  it('that can not be read is said to be so', () => {
    const readEntries = (): LogEntry[] => {
      throw new StorageError('damaged', 'wal-1', 'The entry is damaged.');
    };
    const log = { base: { index: 0, term: 0 }, lastIndex: 5 };
    expect(heldEntry(4, log, { readEntries }, 1)).toEqual({
      ok: false,
      failure: { code: 'unusable', message: 'The entry is damaged.' },
    });
  });
});
