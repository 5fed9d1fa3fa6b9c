import { expect, it } from 'vitest';
import { soundDisk, type DiskFaultAct } from '../../../main/faults/disk-faults.ts';
import { FaultyFiles } from '../../../main/faults/faulty-files.ts';
import { PowerCutFiles } from '../../../main/faults/power-cut-files.ts';

it('a sound disk is the end of all faults', () => {
  const acts: DiskFaultAct[] = [];
  const files = new FaultyFiles(new PowerCutFiles(), { seed: 1, report: (act) => acts.push(act) });
  files.setFaults({
    slow: { faultRule: 'slow', minMs: 1, maxMs: 1, distribution: 'uniform' },
    failing: { faultRule: 'bad', at: 'flush' },
    full: { faultRule: 'full', freeBytes: 0 },
  });
  expect(() => files.syncFolder()).toThrow('EIO');
  expect(() => files.open('a', 'create-new')).toThrow('ENOSPC');
  expect(acts.map(({ act }) => act)).toEqual(['flush-delayed', 'flush-failed', 'write-refused']);
  files.setFaults(soundDisk);
  files.open('a', 'create-new');
  files.syncFolder();
  expect(acts).toHaveLength(3);
});
