import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../main/disk/open-storage.ts';
import type { DiskFaultAct } from '../../../main/faults/disk-faults.ts';
import { FaultyFiles } from '../../../main/faults/faulty-files.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';
import { entryAt, flushOutcome, storageErrorOf } from '../disk/disk-fixture.ts';

function rig() {
  const disk = new PowerCutFiles();
  const acts: DiskFaultAct[] = [];
  const stalls: number[] = [];
  const files = new FaultyFiles(disk, {
    seed: 3,
    stall: (delayNs) => stalls.push(delayNs),
    report: (act) => acts.push(act),
  });
  return { disk, files, acts, stalls };
}

const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(7);

describe('a folder on a faulty disk', () => {
  it('is the folder itself while nothing is wrong', () => {
    const { disk, files, acts } = rig();
    const file = files.open('a', 'create-new');
    file.write(bytes(10), 0);
    file.truncate(4);
    file.dataSync();
    expect([file.size(), file.read(new Uint8Array(9), 0)]).toEqual([4, 4]);
    file.close();
    files.rename('a', 'b');
    files.syncFolder();
    expect([files.list(), files.pathOf('b'), disk.list()]).toEqual([['b'], '/simulated/b', ['b']]);
    files.remove('b');
    expect([files.list(), acts]).toEqual([[], []]);
  });

  it('that is slow lets its process wait at each flush, and says how long', () => {
    const { files, acts, stalls } = rig();
    const file = files.open('a', 'create-new');
    files.setFaults({ slow: { faultRule: 'slow', minMs: 2, maxMs: 4, distribution: 'uniform' } });
    file.write(bytes(10), 0);
    file.dataSync();
    files.syncFolder();
    expect(stalls).toHaveLength(2);
    expect(stalls.every((delayNs) => delayNs >= 2e6 && delayNs <= 4e6)).toBe(true);
    expect(acts).toEqual(stalls.map((delayNs) => ({ faultRule: 'slow', act: 'flush-delayed', delayNs })));
  });

  it('that fails throws what the system would, and nothing becomes durable', () => {
    const { disk, files, acts } = rig();
    const file = files.open('a', 'create-new');
    files.syncFolder();
    file.write(bytes(10), 0);
    files.setFaults({ failing: { faultRule: 'bad', at: 'flush' } });
    expect(() => file.dataSync()).toThrow('EIO');
    expect(
      disk
        .afterPowerCut(() => 0)
        .open('a', 'read')
        .size(),
    ).toBe(0);
    files.setFaults({ failing: { faultRule: 'bad', at: 'write' } });
    for (const act of [
      () => file.write(bytes(1), 0),
      () => file.truncate(0),
      () => files.rename('a', 'b'),
      () => files.remove('a'),
      () => files.open('c', 'create-new'),
    ]) {
      expect(act).toThrow('EIO');
    }
    expect([files.list(), file.size()]).toEqual([['a'], 10]);
    expect(acts.map(({ act }) => act)).toEqual(['flush-failed', ...Array.from({ length: 5 }, () => 'write-refused')]);
  });

  it('that is full takes the part that fits, lets what is there be written over, and makes no new names', () => {
    const { files, acts } = rig();
    const file = files.open('a', 'create-new');
    file.write(bytes(10), 0);
    files.setFaults({ full: { faultRule: 'full', freeBytes: 5 } });
    expect(() => file.write(bytes(8), 10)).toThrow('ENOSPC');
    expect(file.size()).toBe(15);
    file.write(bytes(15), 0);
    expect(() => files.open('b', 'create-new')).toThrow('ENOSPC');
    expect(acts).toHaveLength(2);
    files.setFaults({});
    file.write(bytes(8), 15);
    expect(file.size()).toBe(23);
  });
});

describe('the real log on it', () => {
  it('calls a full disk full and a failing one failed', () => {
    const { files } = rig();
    const full = openStorage(files);
    files.setFaults({ full: { faultRule: 'full', freeBytes: 0 } });
    const error = storageErrorOf(() => {
      full.write({ entries: [entryAt(1, 1, 2_000)] });
      const outcome = flushOutcome(full);
      if (!outcome.ok) throw outcome.error;
    });
    expect(error.code).toBe('full');

    const other = rig();
    const failing = openStorage(other.files);
    failing.write({ entries: [entryAt(1)] });
    other.files.setFaults({ failing: { faultRule: 'bad', at: 'flush' } });
    expect(flushOutcome(failing)).toMatchObject({ ok: false, error: { code: 'io' } });
  });
});
