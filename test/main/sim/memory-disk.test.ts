import { describe, expect, it } from 'vitest';
import type { SnapshotMeta } from '../../../shared/configuration.ts';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { Draws } from '../../../main/sim/draws.ts';
import { MemoryDisk } from '../../../main/sim/memory-disk.ts';

const nothing = new Uint8Array();

function entry(index: number, term: number): LogEntry {
  return { index, term, kind: 'client', payload: new Uint8Array(8) };
}

function entries(from: number, to: number, term: number): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, position) => entry(from + position, term));
}

function meta(lastIncludedIndex: number, lastIncludedTerm: number): SnapshotMeta {
  const configuration = { voters: [{ id: 0, storage: 1 }], outgoing: [], learners: [] };
  return { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex: 0, totalBytes: 3 };
}

function makeDisk(): MemoryDisk {
  const disk = new MemoryDisk('11111111-0000-4000-8000-000000000000', 0);
  disk.recover();
  return disk;
}

/** A power cut that takes every write that is not durable, whole. */
function loseAll(disk: MemoryDisk): void {
  for (let seed = 0; ; seed++) {
    const draws = new Draws(seed, 'cut');
    const probe = new Draws(seed, 'cut');
    if (probe.integer(0, 3) !== 3) continue;
    disk.cutPower(draws, 0);
    return;
  }
}

describe('MemoryDisk', () => {
  it('gives back what was written, and counts the boots behind those of the folder before it', () => {
    const disk = new MemoryDisk('11111111-0000-4000-8000-000000000000', 6);
    expect(disk.recover()).toMatchObject({ boot: 7, lastIndex: 0, termRuns: [], snapshot: null, repairs: [] });
    disk.write({ hardState: { term: 2, votedFor: 1 }, entries: [...entries(1, 2, 1), entry(3, 2)] }, nothing);
    disk.write({ truncateFrom: 3, entries: [entry(3, 4)] }, nothing);
    expect(disk.recover()).toMatchObject({
      boot: 8,
      hardState: { term: 2, votedFor: 1 },
      lastIndex: 3,
      termRuns: [
        { term: 1, firstIndex: 1 },
        { term: 4, firstIndex: 3 },
      ],
      entrySizes: [88, 88, 88],
    });
  });

  it('loses in a power cut what was not flushed, and nothing else', () => {
    const disk = makeDisk();
    disk.write({ hardState: { term: 1, votedFor: 0 }, entries: entries(1, 3, 1) }, nothing);
    disk.flushed(disk.written);
    disk.write({ hardState: { term: 2, votedFor: null } }, nothing);
    disk.write({ truncateFrom: 2, entries: entries(2, 5, 2) }, nothing);
    disk.write({ entries: entries(6, 7, 2) }, nothing);
    loseAll(disk);
    const recovered = disk.recover();
    expect(recovered).toMatchObject({ hardState: { term: 1, votedFor: 0 }, lastIndex: 3 });
    expect(recovered.termRuns).toEqual([{ term: 1, firstIndex: 1 }]);
  });

  it('keeps a first part of what was not flushed, sometimes torn, always in order', () => {
    const lengths = new Set<number>();
    let torn = 0;
    for (let seed = 0; seed < 200; seed++) {
      const disk = makeDisk();
      disk.write({ entries: entries(1, 4, 1) }, nothing);
      disk.write({ entries: entries(5, 8, 1) }, nothing);
      disk.cutPower(new Draws(seed, 'cut'), 500);
      const { lastIndex, repairs } = disk.recover();
      lengths.add(lastIndex);
      torn += repairs.length;
      expect(disk.entryAt(lastIndex)?.index ?? 0).toBe(lastIndex);
    }
    expect([...lengths].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(torn).toBeGreaterThan(20);
  });

  it('lets entries go when a durable snapshot has them', () => {
    const disk = makeDisk();
    disk.write({ entries: entries(1, 9, 1) }, nothing);
    disk.flushed(disk.written);
    disk.saved({ meta: meta(6, 1), data: new Uint8Array(3) });
    disk.compact(6);
    expect(disk.firstIndex).toBe(7);
    expect(disk.recover()).toMatchObject({ compacted: { index: 6, term: 1 }, lastIndex: 9 });
    expect(disk.entryAt(6)).toBeUndefined();
  });

  it('puts an installed snapshot in the place of the log, and takes it back while it is not durable', () => {
    const disk = makeDisk();
    disk.write({ entries: entries(1, 3, 1) }, nothing);
    disk.flushed(disk.written);
    disk.write({ installSnapshot: meta(10, 2) }, new Uint8Array(3));
    disk.write({ entries: entries(11, 12, 2) }, nothing);
    disk.compact(10);
    expect(disk.lastIndex).toBe(12);
    disk.write({ hardState: { term: 3, votedFor: null } }, nothing);
    loseAll(disk);
    expect(disk.recover()).toMatchObject({ lastIndex: 3, snapshot: null, compacted: { index: 0, term: 0 } });
  });

  it('begins behind a snapshot whose last entry the log has lost', () => {
    const disk = makeDisk();
    disk.write({ entries: entries(1, 2, 1) }, nothing);
    disk.flushed(disk.written);
    disk.write({ entries: entries(3, 4, 1) }, nothing);
    disk.write({ entries: entries(5, 6, 1) }, nothing);
    disk.write({ entries: entries(7, 8, 1) }, nothing);
    disk.saved({ meta: meta(5, 1), data: new Uint8Array(3) });
    loseAll(disk);
    expect(disk.recover()).toMatchObject({ lastIndex: 5, compacted: { index: 5, term: 1 }, termRuns: [] });
  });
});
