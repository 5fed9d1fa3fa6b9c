import { expect, it } from 'vitest';
import { describeDisk, diskFaultOf, diskFaultsOf, diskRuleId } from '../../../main/faults/disk-setting.ts';
import type { DiskSetting } from '../../../shared/fault-command.ts';

const slow: DiskSetting = { kind: 'slow', minMs: 5, maxMs: 9 };

it.each<[DiskSetting, string, object]>([
  [{ kind: 'sound' }, 'healed 2', {}],
  [slow, 'slow-disk 2', { slow: { faultRule: 'slow-disk 2', minMs: 5, maxMs: 9, distribution: 'uniform' } }],
  [{ kind: 'stuck' }, 'stuck-disk 2', { stuck: { faultRule: 'stuck-disk 2' } }],
  [{ kind: 'failing', at: 'write' }, 'failing-disk 2', { failing: { faultRule: 'failing-disk 2', at: 'write' } }],
  [{ kind: 'full', freeBytes: 7 }, 'full-disk 2', { full: { faultRule: 'full-disk 2', freeBytes: 7 } }],
  [{ kind: 'full' }, 'full-disk 2', { full: { faultRule: 'full-disk 2', freeBytes: 0 } }],
])('%j is the fault %s', (disk, rule, faults) => {
  expect(diskRuleId(disk, 2)).toBe(rule);
  expect(`${diskFaultOf(disk)} 2`).toBe(rule);
  expect(diskFaultsOf(disk, 2)).toEqual(faults);
});

it('is said in a sentence', () => {
  expect(describeDisk(slow)).toBe('Each flush takes 5 to 9 ms longer (uniform).');
  expect(describeDisk({ kind: 'full' })).toBe('The disk takes 0 bytes more, then it is full.');
  const others = [
    { kind: 'sound' },
    { kind: 'stuck' },
    { kind: 'failing', at: 'flush' },
    { kind: 'failing', at: 'write' },
  ] as const;
  expect(new Set(others.map(describeDisk)).size).toBe(4);
});
