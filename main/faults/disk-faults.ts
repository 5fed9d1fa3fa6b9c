/**
 * What can be wrong with a disk, as plain data, at both levels of the port: `FaultyStorage` and `FaultyFiles`.
 */
import type { NodeFaultAct } from '../../shared/event.ts';
import type { DelayRange } from './delays.ts';

/** What is missing is in order. `faultRule` names the fault in each act of it. */
export interface DiskFaults {
  /** Each flush takes this much longer. */
  readonly slow?: DelayRange & { readonly faultRule: string };
  /** Flushes don't answer until it is taken away. Goes before `slow` and `failing`. */
  readonly stuck?: { readonly faultRule: string };
  /** `flush`: flushes answer with an error, nothing became durable. `write`: writes are refused with an error of the device. */
  readonly failing?: { readonly faultRule: string; readonly at: 'flush' | 'write' };
  /** Files may grow by this many bytes more, counted from when the fault was set; storage as a whole takes no write at all with 0. */
  readonly full?: { readonly faultRule: string; readonly freeBytes: number };
}

/** One act of a fault of the disk. */
export interface DiskFaultAct {
  readonly faultRule: string;
  readonly act: NodeFaultAct;
  /** `flush-delayed`: by how much; otherwise 0. */
  readonly delayNs: number;
}

/** Nothing is wrong. */
export const soundDisk: DiskFaults = {};
