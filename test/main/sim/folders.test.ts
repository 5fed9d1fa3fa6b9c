import { expect, it } from 'vitest';
import { Folders } from '../../../main/sim/folders.ts';
import { SimProcess } from '../../../main/sim/sim-process.ts';
import { World } from '../../../main/sim/world.ts';

it.each(['upper', 'bytes'] as const)(
  'keeps the folder of each server, and goes on with its boots in another (%s)',
  (level) => {
    const folders = new Folders(3, { level, flush: { minNs: 1, maxNs: 2 } });
    const first = folders.of(1);
    expect(folders.of(1)).toBe(first);
    expect(first.storageId).toBe(folders.firstIdOf(1));
    expect(folders.firstIdOf(2)).not.toBe(first.storageId);
    first.open(new World(), new SimProcess());
    const second = folders.replace(1);
    expect(folders.of(1)).toBe(second);
    expect(second.storageId).not.toBe(first.storageId);
    expect([first.boot, second.boot]).toEqual([1, 1]);
    expect(folders.firstIdOf(1)).toBe(first.storageId);
  },
);
