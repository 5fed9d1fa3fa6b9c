/** Starting and stopping the clients that ask by themselves. There is one workload at most, and it ends with its cluster. */
import type { ClientAnswer } from '../../../../shared/client-request.ts';
import { currentLeader } from '../../../../shared/projection/cluster-view.ts';
import { seedFor } from '../../../../shared/random.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import type { WorkloadAsk, WorkloadPort } from '../../../workload/workload-port.ts';
import { RunningWorkload } from '../../../workload/workload.ts';
import type { LabCluster } from '../lab-cluster.ts';
import type { LabContext } from '../lab-context.ts';
import { send } from './client-commands.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';

export function workloadCommands(context: LabContext): CommandHandlers<'start-workload' | 'stop-workload'> {
  let started = 0;
  return {
    'start-workload': atOnce(({ workload }) => {
      const cluster = context.clusterWith(...(typeof workload.node === 'number' ? [workload.node] : []));
      if (!cluster.ok) return cluster;
      endWorkload(context, 'Another workload takes its place.');
      started += 1;
      const seed = seedFor(cluster.value.seed, `workload ${started}`);
      context.workload = new RunningWorkload(portOf(context, cluster.value), workload, seed);
      return succeed(null);
    }),
    'stop-workload': atOnce(() => {
      const { workload } = context;
      if (!workload) return fail('not-running', 'No workload is running.');
      context.workload = undefined;
      return succeed(workload.stop('As asked.'));
    }),
  };
}

/** Ends the workload that runs, if there is one. */
export function endWorkload(context: LabContext, reason: string): void {
  context.workload?.stop(reason);
  context.workload = undefined;
}

function portOf(context: LabContext, cluster: LabCluster): WorkloadPort {
  const { stream } = context;
  return {
    ask: (ask, done) => askFor(context, cluster, ask, (result) => stream.later(() => done(result))),
    after: (delayMs, run) => context.after(delayMs, run),
    nowNs: () => stream.nowNs,
    leader: () => currentLeader(stream.view)?.id,
    nodes: () => cluster.ids.filter((id) => cluster.takesRequests(id).ok),
    tell: (event) => stream.emit(event),
  };
}

function askFor(
  context: LabContext,
  cluster: LabCluster,
  { node: target, client, request, timeoutMs }: WorkloadAsk,
  done: (result: Result<ClientAnswer>) => void,
): void {
  const taken = cluster.takesRequests(target);
  if (!taken.ok) return done(taken);
  if (request.kind === 'append' || request.kind === 'index-range')
    return send(context, cluster, { target, request, client, timeoutMs }, done);
  return cluster.request({ target, requestId: context.nextRequestId(), request, timeoutMs }, done);
}
