import { describe, expect, it } from 'vitest';
import { votersOnly } from '../../../shared/configuration.ts';
import { limits } from '../../../shared/cluster-config.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import type { AppendEntriesOrder, InstallSnapshotOrder } from '../../../main/raft/contract.ts';
import { fillEntries, type Held } from '../../../main/node/fill-entries.ts';
import { MemoryDisk } from '../../support/node-memory-storage.ts';

const entry = (index: number, bytes = 1): LogEntry => ({
  index,
  term: 1,
  kind: 'client',
  payload: new Uint8Array(bytes),
});

function heldOf(...entries: LogEntry[]): Held {
  const storage = new MemoryDisk().open();
  storage.write({ entries });
  return { storage, firstIndex: 1, snapshotIndex: 0 };
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
  const held = heldOf(entry(1), entry(2), entry(3));
  const message = fillEntries(order(1, 2), held);
  expect(message).toMatchObject({ kind: 'append-entries', prevLogIndex: 1, entries: [{ index: 2 }, { index: 3 }] });
  expect(message).not.toHaveProperty('entryCount');
});

it('a heartbeat has none, also behind the last entry', () => {
  expect(fillEntries(order(1, 0), heldOf(entry(1)))).toMatchObject({ entries: [] });
});

it('stays within a datagram', () => {
  const held = heldOf(entry(1, 30_000), entry(2, 30_000));
  expect(fillEntries(order(0, 2), held)).toMatchObject({ entries: [{ index: 1 }] });
  expect(60_000).toBeGreaterThan(limits.appendEntriesBytesMax);
});

it('leaves every other message as it is', () => {
  const message = { kind: 'timeout-now', term: 1, round: 2 } as const;
  expect(fillEntries(message, heldOf())).toBe(message);
});

it('drops a message whose entries were compacted meanwhile, but no heartbeat', () => {
  const held = { ...heldOf(entry(1), entry(2)), firstIndex: 2 };
  expect(fillEntries(order(0, 1), held)).toBeUndefined();
  expect(fillEntries(order(1, 1), held)).toMatchObject({ entries: [{ index: 2 }] });
  expect(fillEntries(order(0, 0), held)).toMatchObject({ entries: [] });
});

describe('a chunk of a snapshot', () => {
  const chunk = (offset: number, byteCount: number): InstallSnapshotOrder => ({
    kind: 'install-snapshot',
    term: 2,
    round: 1,
    leaderId: 0,
    lastIncludedIndex: 4,
    lastIncludedTerm: 1,
    configuration: votersOnly([0]),
    configurationIndex: 0,
    offset,
    totalBytes: 5,
    byteCount,
  });

  function heldWith(snapshotIndex: number): Held {
    const held = heldOf();
    const { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex, totalBytes } = chunk(0, 0);
    const meta = { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex, totalBytes };
    held.storage.saveSnapshot(meta, new Uint8Array([1, 2, 3, 4, 5]), () => {});
    return { ...held, snapshotIndex };
  }

  it('gets the bytes that the core named', () => {
    const message = fillEntries(chunk(3, 2), heldWith(4));
    expect(message).toMatchObject({ kind: 'install-snapshot', offset: 3, data: new Uint8Array([4, 5]) });
    expect(message).not.toHaveProperty('byteCount');
  });

  it('is dropped when the storage reads from another one, or may', () => {
    expect(fillEntries(chunk(3, 2), heldWith(5))).toBeUndefined();
    expect(fillEntries(chunk(3, 2), heldWith(0))).toBeUndefined();
  });

  it('without bytes only asks', () => {
    expect(fillEntries(chunk(5, 0), heldWith(0))).toMatchObject({ data: new Uint8Array() });
  });
});
