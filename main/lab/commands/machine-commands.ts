/** What is done to a node's thread, power, folder, disk and clock. What is so already changes nothing and is no error. */
import { succeed } from '../../../shared/result.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

type MachineCommandType =
  | 'pause-node'
  | 'resume-node'
  | 'cut-power'
  | 'wipe-node'
  | 'set-disk'
  | 'set-clock-rate'
  | 'jump-clock';

export function machineCommands(context: LabContext): CommandHandlers<MachineCommandType> {
  return {
    'pause-node': ({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.faults.machines.pause(node) : cluster;
    },
    'resume-node': ({ node }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.faults.machines.resume(node);
      return succeed(null);
    },
    'cut-power': ({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.faults.machines.cutPower(node) : cluster;
    },
    'wipe-node': ({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.wipeNode(node) : cluster;
    },
    'set-disk': ({ node, disk }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.faults.machines.setDisk(node, disk);
      return succeed(null);
    },
    'set-clock-rate': ({ node, partsPerMillion }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.faults.machines.setClockRate(node, partsPerMillion);
      return succeed(null);
    },
    'jump-clock': ({ node, byMs }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.faults.machines.jumpClock(node, byMs) : cluster;
    },
  };
}
