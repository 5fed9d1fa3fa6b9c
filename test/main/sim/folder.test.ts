import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/log-entry.ts';
import { Draws } from '../../../main/sim/draws.ts';
import { ByteFolder, MemoryFolder, type Folder } from '../../../main/sim/folder.ts';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { World } from '../../../main/sim/world.ts';

const storageId = '11111111-0000-4000-8000-000000000000';

function entry(index: number): LogEntry {
  return { index, term: 1, kind: 'client', payload: new Uint8Array(20) };
}

describe.each<[string, (seed: number) => Folder]>([
  ['in memory', (seed) => new MemoryFolder(storageId, 4, { minNs: 5, maxNs: 5 }, new Draws(seed, 'disk'))],
  ['of bytes', (seed) => new ByteFolder(storageId, 4, new Draws(seed, 'disk'))],
])('a folder %s', (_, make) => {
  it('keeps what was written over its processes, and counts them', () => {
    const world = new World();
    const folder = make(1);
    const storage = folder.open(world, new SimProcess());
    expect(storage.recovered).toMatchObject({ storageId, boot: 5, lastIndex: 0 });
    storage.write({ hardState: { term: 1, votedFor: 2 }, entries: [entry(1), entry(2)] });
    storage.flush(() => {});
    world.runUntil(world.nowNs + 10);
    const again = folder.open(world, new SimProcess());
    expect(again.recovered).toMatchObject({ boot: 6, hardState: { term: 1, votedFor: 2 }, lastIndex: 2 });
    expect(folder.boot).toBe(6);
  });

  it('keeps what was flushed when the power goes', () => {
    for (let seed = 0; seed < 30; seed++) {
      const world = new World();
      const folder = make(seed);
      const process = new SimProcess();
      const storage = folder.open(world, process);
      let flushed = 0;
      // With bytes the power goes in the middle of one of these.
      let dies = false;
      for (let index = 1; index <= 20 && !dies; index++) {
        if (index === 8) dies = !folder.cutPowerSoon();
        try {
          storage.write({ entries: [entry(index)] });
          storage.flush((outcome) => {
            if (outcome.ok) flushed = index;
            else dies = true;
          });
          world.runUntil(world.nowNs + (index % 3) * 2);
        } catch {
          dies = true;
        }
      }
      process.kill();
      folder.losePower();
      const { lastIndex } = folder.open(world, new SimProcess()).recovered;
      expect(lastIndex).toBeGreaterThanOrEqual(flushed);
      expect(lastIndex).toBeLessThan(20);
    }
  });
});
