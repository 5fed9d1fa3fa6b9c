/** Starting and stopping the clients that ask by themselves. There is one workload at most, and it ends with its cluster. */
import { fail, succeed } from '../../../shared/result.ts';
import type { LabContext } from '../lab-context.ts';
import { runWorkload } from '../lab-workload.ts';
import type { CommandHandlers } from './command-handlers.ts';

export function workloadCommands(context: LabContext): CommandHandlers<'start-workload' | 'stop-workload'> {
  return {
    'start-workload': ({ workload }) => {
      const cluster = context.clusterWith(...(typeof workload.node === 'number' ? [workload.node] : []));
      if (!cluster.ok) return cluster;
      endWorkload(context, 'Another workload takes its place.');
      context.workload = runWorkload(context, cluster.value, workload);
      return succeed(null);
    },
    'stop-workload': () => {
      const { workload } = context;
      if (!workload) return fail('not-running', 'No workload is running.');
      context.workload = undefined;
      return succeed(workload.stop('As asked.'));
    },
  };
}

/** Ends the workload that runs, if there is one. */
export function endWorkload(context: LabContext, reason: string): void {
  context.workload?.stop(reason);
  context.workload = undefined;
}
