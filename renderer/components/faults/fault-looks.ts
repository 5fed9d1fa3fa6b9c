/** A sign for each kind of fault; its words stand beside it. */
import {
  ArrowDownUp,
  Binary,
  Clock,
  Copy,
  Gauge,
  HardDrive,
  Hourglass,
  PackageX,
  Pause,
  PlugZap,
  Scissors,
  Split,
  Trash2,
  TrendingDown,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { FaultRow } from './fault-rows.ts';

const looks: Readonly<Record<FaultRow['kind'], Component>> = {
  partition: Split,
  cut: Scissors,
  drop: PackageX,
  burst: TrendingDown,
  delay: Hourglass,
  duplicate: Copy,
  reorder: ArrowDownUp,
  corrupt: Binary,
  bandwidth: Gauge,
  'power-cut': PlugZap,
  pause: Pause,
  resume: Pause,
  wipe: Trash2,
  'slow-disk': HardDrive,
  'stuck-disk': HardDrive,
  'failing-disk': HardDrive,
  'full-disk': HardDrive,
  'clock-rate': Clock,
  'clock-jump': Clock,
  healed: Clock,
};

export function faultIcon(kind: FaultRow['kind']): Component {
  return looks[kind];
}
