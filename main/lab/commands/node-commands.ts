/** Starting, stopping and crashing one node. */
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';

export function nodeCommands(context: LabContext): CommandHandlers<'start-node' | 'stop-node' | 'crash-node'> {
  return {
    'start-node': ({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.startNode(node) : cluster;
    },
    'stop-node': ({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.stopNode(node) : cluster;
    },
    'crash-node': ({ node }) => {
      const cluster = context.clusterWith(node);
      return cluster.ok ? cluster.value.crashNode(node) : cluster;
    },
  };
}
