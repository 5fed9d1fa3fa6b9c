/** The workload of a lab: its clients ask the nodes of the running cluster, on the lab's clock. */
import { randomInt } from 'node:crypto';
import type { ClientAnswer } from '../../shared/client-request.ts';
import { currentLeader } from '../../shared/projection/cluster-view.ts';
import type { Result } from '../../shared/result.ts';
import type { Workload } from '../../shared/workload.ts';
import type { WorkloadAsk, WorkloadPort } from '../workload/workload-port.ts';
import { RunningWorkload } from '../workload/workload.ts';
import type { Cluster } from './cluster.ts';
import { send } from './commands/client-commands.ts';
import type { LabContext } from './lab-context.ts';

/** Clients begin to ask `cluster`. */
export function runWorkload(context: LabContext, cluster: Cluster, workload: Workload): RunningWorkload {
  return new RunningWorkload(portOf(context, cluster), workload, randomInt(2 ** 32));
}

function portOf(context: LabContext, cluster: Cluster): WorkloadPort {
  const { stream } = context;
  return {
    ask(ask, done) {
      void answer(context, cluster, ask, done);
    },
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    nowNs: () => stream.clock.nowNs(),
    leader: () => currentLeader(stream.view)?.id,
    nodes: () => cluster.members.flatMap(({ id }) => (cluster.takesRequests(id).ok ? [id] : [])),
    tell: (event) => {
      stream.emit(event);
    },
  };
}

async function answer(
  context: LabContext,
  cluster: Cluster,
  ask: WorkloadAsk,
  done: (result: Result<ClientAnswer>) => void,
): Promise<void> {
  done(await askNode(context, cluster, ask));
}

/** A node that does not take requests is no news for the stream: a client that goes on asking would fill it. */
async function askNode(
  context: LabContext,
  cluster: Cluster,
  { node: target, client, request, timeoutMs }: WorkloadAsk,
): Promise<Result<ClientAnswer>> {
  const taken = cluster.takesRequests(target);
  if (!taken.ok) return taken;
  if (request.kind === 'append' || request.kind === 'index-range')
    return await send(context, cluster, { target, client, request, timeoutMs });
  return await cluster.request(target, context.nextRequestId(), request, timeoutMs);
}
