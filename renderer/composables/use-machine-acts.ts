/** What can be done to a node's disk and clock, ready-made; any other figure is for the pane of faults. */
import { Clock, HardDrive } from '@lucide/vue';
import type { CommandOf } from '../../shared/command.ts';
import type { NodeFault } from '../../shared/bench-event.ts';
import type { NodeView } from '../../shared/projection/node-view.ts';
import { isDown } from '../components/stage/role-icon.ts';
import { useConnectionStore } from '../stores/connection.ts';
import { text } from '../text/faults.ts';
import type { NodeAct } from './node-act.ts';

const disks: readonly { readonly id: string; readonly disk: CommandOf<'set-disk'>['disk'] }[] = [
  { id: 'slow', disk: { kind: 'slow', minMs: 20, maxMs: 60, distribution: 'uniform' } },
  { id: 'very-slow', disk: { kind: 'slow', minMs: 150, maxMs: 400, distribution: 'uniform' } },
  { id: 'stuck', disk: { kind: 'stuck' } },
  { id: 'failing-flush', disk: { kind: 'failing', at: 'flush' } },
  { id: 'failing-write', disk: { kind: 'failing', at: 'write' } },
  { id: 'full', disk: { kind: 'full', freeBytes: 0 } },
];
const rates: readonly number[] = [1_000_000, 100_000, -100_000, -500_000];
const jumps: readonly number[] = [1_000, 10_000, -1_000];

const diskFaults: readonly NodeFault[] = ['slow-disk', 'stuck-disk', 'failing-disk', 'full-disk'];

export function useMachineActs(): (node: NodeView) => readonly NodeAct[] {
  const connection = useConnectionStore();

  function diskActs({ id: node, faults }: NodeView): readonly NodeAct[] {
    const isSound = !faults.some(({ fault }) => diskFaults.includes(fault));
    return [
      {
        id: 'disk-sound',
        label: text.diskSound,
        name: text.diskNamed(node, text.diskSound),
        disabled: isSound,
        testId: `menu-disk-sound-node-${node}`,
        run: () => void connection.run({ type: 'set-disk', node, disk: { kind: 'sound' } }),
      },
      ...disks.map(({ id, disk }, i) => ({
        id: `disk-${id}`,
        label: text.disk(disk),
        name: text.diskNamed(node, text.disk(disk)),
        startsGroup: i === 0,
        testId: `menu-disk-${id}-node-${node}`,
        run: () => void connection.run({ type: 'set-disk', node, disk: disk }),
      })),
    ];
  }

  function clockActs(view: NodeView): readonly NodeAct[] {
    const { id: node, faults } = view;
    const isTrue = !faults.some(({ fault }) => fault === 'clock-rate');
    return [
      {
        id: 'clock-true',
        label: text.clockTrue,
        name: text.clockNamed(node, text.clockTrue),
        disabled: isTrue,
        testId: `menu-clock-true-node-${node}`,
        run: () => void connection.run({ type: 'set-clock-rate', node, partsPerMillion: 0 }),
      },
      ...rates.map((partsPerMillion, i) => ({
        id: `clock-rate-${partsPerMillion}`,
        label: text.clockRate(partsPerMillion),
        name: text.clockNamed(node, text.clockRate(partsPerMillion)),
        startsGroup: i === 0,
        testId: `menu-clock-rate-${partsPerMillion}-node-${node}`,
        run: () => void connection.run({ type: 'set-clock-rate', node, partsPerMillion }),
      })),
      ...jumps.map((byMs, i) => ({
        id: `clock-jump-${byMs}`,
        label: text.clockJump(byMs),
        name: text.clockNamed(node, text.clockJump(byMs)),
        startsGroup: i === 0,
        disabled: isDown(view),
        testId: `menu-clock-jump-${byMs}-node-${node}`,
        run: () => void connection.run({ type: 'jump-clock', node, byMs }),
      })),
    ];
  }

  return (node) => [
    {
      id: 'disk',
      label: text.diskMenu,
      name: text.diskMenu,
      icon: HardDrive,
      startsGroup: true,
      testId: `menu-disk-node-${node.id}`,
      acts: diskActs(node),
    },
    {
      id: 'clock',
      label: text.clockMenu,
      name: text.clockMenu,
      icon: Clock,
      testId: `menu-clock-node-${node.id}`,
      acts: clockActs(node),
    },
  ];
}
