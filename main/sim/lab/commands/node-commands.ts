/** Starting, stopping and crashing one server. */
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

export function nodeCommands(context: LabContext): CommandHandlers<'start-node' | 'stop-node' | 'crash-node'> {
  return {
    'start-node': atOnce(({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.startNode(node) : cluster;
    }),
    'stop-node': atOnce(({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.stopNode(node) : cluster;
    }),
    'crash-node': atOnce(({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.crashNode(node) : cluster;
    }),
  };
}
