/** The small signs around a node: what is done to it, and what it is besides its role. Pure. */
import { Clock, Database, DatabaseZap, HardDrive, HeartCrack, Pause, PlugZap } from '@lucide/vue';
import type { Component } from 'vue';
import type { NodeFault } from '../../../shared/bench-event.ts';
import type { NodeView } from '../../../shared/projection/node-view.ts';
import { text as common } from '../../text/common.ts';
import { standingLooks, type Standing } from './standing.ts';

export interface NodeBadge {
  readonly id: string;
  readonly icon: Component;
  /** In words, for those who hear it or point at it. */
  readonly words: string;
  readonly tone: 'bad' | 'warn' | 'neutral';
}

const icons: Readonly<Partial<Record<NodeFault, Component>>> = {
  pause: Pause,
  'slow-disk': HardDrive,
  'stuck-disk': DatabaseZap,
  'failing-disk': HeartCrack,
  'full-disk': Database,
  'clock-rate': Clock,
};

/** @param isPowerless it is down because its power was cut */
export function badgesOf(
  { faults }: Pick<NodeView, 'faults'>,
  standing: Standing,
  isPowerless: boolean,
): readonly NodeBadge[] {
  return [
    ...badgeOfStanding(standing),
    ...(isPowerless
      ? [{ id: 'power-cut', icon: PlugZap, words: common.fault('power-cut'), tone: 'bad' } as const]
      : []),
    ...faults.map(({ fault, reason }) => ({
      id: fault,
      icon: icons[fault] ?? HardDrive,
      words: `${common.fault(fault)}: ${reason}`,
      tone: fault === 'pause' || fault === 'slow-disk' || fault === 'clock-rate' ? ('warn' as const) : ('bad' as const),
    })),
  ];
}

/** A learner and a removed server are squares; the others look like voters but for this. */
function badgeOfStanding(standing: Standing): readonly NodeBadge[] {
  if (standing !== 'joining' && standing !== 'leaving' && standing !== 'wiped') return [];
  const { icon, hint } = standingLooks[standing];
  return [{ id: standing, icon, words: hint, tone: standing === 'wiped' ? 'bad' : 'neutral' }];
}
