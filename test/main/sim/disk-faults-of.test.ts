import { expect, it } from 'vitest';
import { diskFaultsOf } from '../../../main/sim/disk-faults-of.ts';

it('names each fault of a disk and the disk that has it', () => {
  const faults = ['slow', 'stuck', 'full', 'failing-flush', 'failing-write'] as const;
  expect(faults.map((fault) => diskFaultsOf(fault, 30, 2))).toEqual([
    ['slow-disk', { slow: { faultRule: 'slow-disk 2', minMs: 0, maxMs: 30, distribution: 'exponential' } }],
    ['stuck-disk', { stuck: { faultRule: 'stuck-disk 2' } }],
    ['full-disk', { full: { faultRule: 'full-disk 2', freeBytes: 0 } }],
    ['failing-disk', { failing: { faultRule: 'failing-disk 2', at: 'flush' } }],
    ['failing-disk', { failing: { faultRule: 'failing-disk 2', at: 'write' } }],
  ]);
});
