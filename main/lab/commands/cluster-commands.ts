/** Starting and stopping the cluster. */
import { checkTimings } from '../../../shared/cluster-config.ts';
import type { AnswerOf } from '../../../shared/bridge.ts';
import type { CommandOf } from '../../../shared/command.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { nothingToStop, tooManyVoters } from '../../lab-words.ts';
import { openClusterFolder } from '../cluster-folder.ts';
import { foundCluster } from '../found-cluster.ts';
import { startCluster } from '../cluster-start.ts';
import type { LabContext } from '../lab-context.ts';
import type { CommandHandlers } from './command-handlers.ts';
import { endWorkload } from './workload-commands.ts';

export function clusterCommands(context: LabContext): CommandHandlers<'start-cluster' | 'stop-cluster'> {
  return {
    'start-cluster': (command) => context.inTurn(() => start(context, command)),
    'stop-cluster': () =>
      context.inTurn(async () => {
        if (!context.cluster) return { ok: false, failure: nothingToStop };
        await stopCluster(context, 'As asked.');
        return succeed(null);
      }),
  };
}

/** Stops the running cluster, if there is one. */
export async function stopCluster(context: LabContext, reason: string): Promise<void> {
  endWorkload(context, reason);
  await context.cluster?.stop(reason);
  context.cluster = undefined;
}

async function start(
  context: LabContext,
  command: CommandOf<'start-cluster'>,
): Promise<Result<AnswerOf<'start-cluster'>>> {
  const { folder: labFolder, basePort, spawn, findPortBlock, bounds } = context.settings;
  const { nodes, voters = nodes, rulesOff, snapshotEveryEntries, seed, networkDelay } = command;
  const timings = command.timings ?? context.settings.timings;
  const problem = checkTimings(timings);
  if (problem !== undefined) return fail('invalid', problem);
  if (voters > nodes) return { ok: false, failure: tooManyVoters(nodes, voters) };
  // Looked at before anything is stopped: a folder that can't be used costs nobody the cluster that runs.
  const folder = openClusterFolder(labFolder, nodes, command.fresh ?? false);
  if (!folder.ok) return folder;
  const founded = foundCluster(folder.value, voters);
  if (!founded.ok) return founded;
  await stopCluster(context, 'Another cluster is started.');
  const started = await startCluster({
    stream: context.stream,
    spawn,
    findPortBlock,
    folder: founded.value,
    nodes,
    basePort,
    timings,
    rulesOff,
    snapshotEveryEntries,
    seed,
    networkDelay,
    ...(bounds && { bounds }),
    onCluster: (cluster) => {
      context.cluster = cluster;
    },
  });
  if (!started.ok) {
    context.cluster = undefined;
    return started;
  }
  context.memory.begin({ ...command, timings }, context.stream.clock.nowNs());
  return succeed({ basePort: started.value.members[0]?.address.port ?? basePort });
}
