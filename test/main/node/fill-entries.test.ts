import { expect, it } from 'vitest';
import { limits } from '../../../shared/cluster-config.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import type { AppendEntriesOrder } from '../../../main/raft/contract.ts';
import { fillEntries } from '../../../main/node/fill-entries.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const entry = (index: number, bytes = 1): LogEntry => ({
  index,
  term: 1,
  kind: 'client',
  payload: new Uint8Array(bytes),
});

function storageOf(...entries: LogEntry[]) {
  const storage = new MemoryDisk().open();
  storage.write({ entries });
  return storage;
}

const order = (prevLogIndex: number, entryCount: number): AppendEntriesOrder => {
  return {
    kind: 'append-entries',
    term: 2,
    round: 1,
    leaderId: 0,
    prevLogIndex,
    prevLogTerm: 1,
    leaderCommit: 0,
    entryCount,
  };
};

it('puts in the entries that the core named, and takes the count out', () => {
  const storage = storageOf(entry(1), entry(2), entry(3));
  const message = fillEntries(order(1, 2), storage);
  expect(message).toMatchObject({ kind: 'append-entries', prevLogIndex: 1, entries: [{ index: 2 }, { index: 3 }] });
  expect(message).not.toHaveProperty('entryCount');
});

it('a heartbeat has none, also behind the last entry', () => {
  expect(fillEntries(order(1, 0), storageOf(entry(1)))).toMatchObject({ entries: [] });
});

it('stays within a datagram', () => {
  const storage = storageOf(entry(1, 30_000), entry(2, 30_000));
  expect(fillEntries(order(0, 2), storage)).toMatchObject({ entries: [{ index: 1 }] });
  expect(60_000).toBeGreaterThan(limits.appendEntriesBytesMax);
});

it('leaves every other message as it is', () => {
  const message = { kind: 'read-index', term: 1, round: 2 } as const;
  expect(fillEntries(message, storageOf())).toBe(message);
});
