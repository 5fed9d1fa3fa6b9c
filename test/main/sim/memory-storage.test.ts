import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { entryBytes } from '../../../shared/log-entry.ts';
import { Draws } from '../../../main/sim/draws.ts';
import { MemoryDisk } from '../../../main/sim/memory-disk.ts';
import { MemoryStorage } from '../../../main/sim/memory-storage.ts';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { World } from '../../../main/sim/world.ts';

function entry(index: number): LogEntry {
  return { index, term: 1, kind: 'client', payload: new Uint8Array(20) };
}

function open(minNs = 100, maxNs = 100) {
  const world = new World();
  const process = new SimProcess();
  const disk = new MemoryDisk('11111111-0000-4000-8000-000000000000', 0);
  const storage = new MemoryStorage(disk, { minNs, maxNs }, new Draws(1, 'disk'), world, process);
  return { world, process, disk, storage };
}

const configuration = { voters: [{ id: 0, storage: 1 }], outgoing: [], learners: [] };
const meta = { lastIncludedIndex: 2, lastIncludedTerm: 1, configuration, configurationIndex: 0, totalBytes: 6 };

describe('MemoryStorage', () => {
  it('reads at once what was written, within the limits, and answers a flush when its time has come', () => {
    const { world, storage } = open();
    const outcomes: unknown[] = [];
    storage.write({ entries: [entry(1), entry(2), entry(3)] });
    storage.flush((outcome) => outcomes.push(outcome));
    expect(storage.readEntries(1, 3, Infinity)).toHaveLength(3);
    expect(storage.readEntries(1, 2, Infinity)).toHaveLength(2);
    expect(storage.readEntries(1, 3, 1)).toHaveLength(1);
    expect(() => storage.readEntries(4, 5, 1)).toThrow('1 to 3 are there');
    expect(outcomes).toEqual([]);
    world.runUntil(world.nowNs + 100);
    expect(outcomes).toEqual([{ ok: true, bytes: 3 * entryBytes(entry(1)), durationNs: 100 }]);
  });

  it('ends a flush before it returns where the disk takes no time', () => {
    const { storage } = open(0, 0);
    let isDone = false;
    storage.flush(() => {
      isDone = true;
    });
    expect(isDone).toBe(true);
  });

  it('never answers a process that died, and one that stood still when it goes on', () => {
    const { world, process, storage } = open();
    let answers = 0;
    const done = (): void => {
      answers += 1;
    };
    storage.flush(done);
    process.pause();
    world.runUntil(world.nowNs + 1_000);
    expect(answers).toBe(0);
    process.resume();
    expect(answers).toBe(1);
    storage.flush(done);
    process.kill();
    world.runUntil(world.nowNs + 1_000);
    expect(answers).toBe(1);
  });

  it('saves a snapshot, reads it in parts, and installs what was staged in chunks', () => {
    const { world, storage, disk } = open();
    storage.write({ entries: [entry(1), entry(2), entry(3)] });
    storage.saveSnapshot(meta, Uint8Array.of(1, 2, 3, 4, 5, 6), () => {});
    expect(disk.snapshot).toBeNull();
    world.runUntil(world.nowNs + 100);
    expect([...storage.readSnapshot(2, 3)]).toEqual([3, 4, 5]);
    const chunk = { lastIncludedIndex: 9, lastIncludedTerm: 2 };
    storage.stageChunk({ ...chunk, offset: 0, data: Uint8Array.of(7, 8) });
    storage.stageChunk({ ...chunk, offset: 2, data: Uint8Array.of(9) });
    // Once more from a place that was there already, as another leader may do.
    storage.stageChunk({ ...chunk, offset: 1, data: Uint8Array.of(8, 9) });
    expect(() => storage.stageChunk({ ...chunk, offset: 7, data: Uint8Array.of(1) })).toThrow('nothing is staged');
    storage.write({ installSnapshot: { ...meta, ...chunk, totalBytes: 3 } });
    expect([...storage.readSnapshot(0, 10)]).toEqual([7, 8, 9]);
    expect(disk.lastIndex).toBe(9);
    expect(() => storage.readEntries(3, 3, 1)).toThrow('are there');
  });
});
