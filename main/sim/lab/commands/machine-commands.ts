/** What is done to a server's process, power, folder, disk and clock. What is so already changes nothing and is no error. */
import { succeed } from '../../../../shared/result.ts';
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

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
    'pause-node': atOnce(({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.machines.pause(node) : cluster;
    }),
    'resume-node': atOnce(({ node }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.machines.resume(node);
      return succeed(null);
    }),
    'cut-power': ({ node }, done) => {
      const cluster = context.clusterWith(node);
      if (cluster.ok) cluster.value.machines.cutPower(node, done);
      else done(cluster);
    },
    'wipe-node': atOnce(({ node }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.machines.wipe(node);
      return succeed(null);
    }),
    'set-disk': atOnce(({ node, disk }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.machines.setDisk(node, disk);
      return succeed(null);
    }),
    'set-clock-rate': atOnce(({ node, partsPerMillion }) => {
      const cluster = context.clusterWith(node);
      if (!cluster.ok) return cluster;
      cluster.value.machines.setClockRate(node, partsPerMillion);
      return succeed(null);
    }),
    'jump-clock': atOnce(({ node, byMs }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.machines.jumpClock(node, byMs) : cluster;
    }),
  };
}
