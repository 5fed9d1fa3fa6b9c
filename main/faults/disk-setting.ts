/**
 * What a person can set a disk to, as the fault layer knows it.
 */
import { assertNever } from '../../shared/assert.ts';
import type { NodeFault } from '../../shared/event.ts';
import type { DiskSetting } from '../../shared/fault-command.ts';
import type { NodeId } from '../../shared/ids.ts';
import { soundDisk, type DiskFaults } from './disk-faults.ts';

/** How a setting is called in events. `healed` for a sound disk. */
export function diskFaultOf(disk: DiskSetting): NodeFault {
  return disk.kind === 'sound' ? 'healed' : `${disk.kind}-disk`;
}

/** Names the fault in its acts: `slow-disk 2`. */
export function diskRuleId(disk: DiskSetting, id: NodeId): string {
  return `${diskFaultOf(disk)} ${id}`;
}

/** What the storage of node `id` is told. */
export function diskFaultsOf(disk: DiskSetting, id: NodeId): DiskFaults {
  const faultRule = diskRuleId(disk, id);
  switch (disk.kind) {
    case 'sound':
      return soundDisk;
    case 'slow': {
      const { minMs, maxMs, distribution = 'uniform' } = disk;
      return { slow: { faultRule, minMs, maxMs, distribution } };
    }
    case 'stuck':
      return { stuck: { faultRule } };
    case 'failing':
      return { failing: { faultRule, at: disk.at } };
    case 'full':
      return { full: { faultRule, freeBytes: disk.freeBytes ?? 0 } };
    default:
      return assertNever(disk, 'diskFaultsOf');
  }
}

/** A sentence for people. */
export function describeDisk(disk: DiskSetting): string {
  switch (disk.kind) {
    case 'sound':
      return 'The disk is sound.';
    case 'slow': {
      const { minMs, maxMs, distribution = 'uniform' } = disk;
      return `Each flush takes ${minMs} to ${maxMs} ms longer (${distribution}).`;
    }
    case 'stuck':
      return 'No flush is answered.';
    case 'failing':
      return disk.at === 'flush'
        ? 'The next flush ends with an error of the device.'
        : 'The next write ends with an error of the device.';
    case 'full':
      return `The disk takes ${disk.freeBytes ?? 0} bytes more, then it is full.`;
    default:
      return assertNever(disk, 'describeDisk');
  }
}
