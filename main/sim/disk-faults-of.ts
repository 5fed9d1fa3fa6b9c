/**
 * The faults of a disk that a plan knows, as main/faults knows them.
 */
import type { NodeFault } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { DiskFaults } from '../faults/disk-faults.ts';
import type { FaultAct } from './plan.ts';

type DiskFault = Extract<FaultAct, { kind: 'disk' }>['fault'];

/** What the event calls it, and what the storage is told. */
export function diskFaultsOf(fault: DiskFault, byMs: number, id: NodeId): readonly [NodeFault, DiskFaults] {
  switch (fault) {
    case 'slow': {
      const delay = { minMs: 0, maxMs: byMs, distribution: 'exponential' } as const;
      return ['slow-disk', { slow: { faultRule: `slow-disk ${id}`, ...delay } }];
    }
    case 'stuck':
      return ['stuck-disk', { stuck: { faultRule: `stuck-disk ${id}` } }];
    case 'full':
      return ['full-disk', { full: { faultRule: `full-disk ${id}`, freeBytes: 0 } }];
    default: {
      const at = fault === 'failing-flush' ? 'flush' : 'write';
      return ['failing-disk', { failing: { faultRule: `failing-disk ${id}`, at } }];
    }
  }
}
