/** Starting and stopping the cluster. */
import type { AnswerOf } from '../../../../shared/bridge.ts';
import type { CommandOf } from '../../../../shared/command.ts';
import { checkTimings, limits, type NetworkDelay } from '../../../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../../../shared/duration.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { nothingToStop, tooManyVoters } from '../../../lab-words.ts';
import { addressOf } from '../../byte-datagrams.ts';
import type { Latency } from '../../network.ts';
import type { Setting } from '../../plan.ts';
import { LabCluster } from '../lab-cluster.ts';
import type { LabContext } from '../lab-context.ts';
import { atOnce, type CommandHandlers } from './command-handlers.ts';
import { endWorkload } from './workload-commands.ts';

export function clusterCommands(context: LabContext): CommandHandlers<'start-cluster' | 'stop-cluster'> {
  return {
    'start-cluster': atOnce((command) => start(context, command)),
    'stop-cluster': atOnce(() => {
      if (!context.cluster) return { ok: false, failure: nothingToStop };
      stopCluster(context, 'As asked.');
      return succeed(null);
    }),
  };
}

/** Stops the running cluster, if there is one. */
export function stopCluster(context: LabContext, reason: string): void {
  endWorkload(context, reason);
  context.cluster?.stop(reason);
  context.cluster = undefined;
}

function start(context: LabContext, command: CommandOf<'start-cluster'>): Result<AnswerOf<'start-cluster'>> {
  const { nodes, voters = nodes, seed = context.settings.seed, fresh = false } = command;
  const setting = settingOf(context, command);
  const problem = checkTimings(setting.timings);
  if (problem !== undefined) return fail('invalid', problem);
  if (voters > nodes) return { ok: false, failure: tooManyVoters(nodes, voters) };
  stopCluster(context, 'Another cluster is started.');
  const home = context.homes.open({ nodes, voters, seed, fresh });
  const { networkDelay } = command;
  const setup = { seed, servers: home.voters, spares: nodes - home.voters, setting, networkDelay };
  const { stream, settings } = context;
  context.cluster = new LabCluster({ stream, home, setup, requestNs: settings.requestNs });
  context.cluster.start();
  context.memory.begin({ ...command, seed, timings: setting.timings }, stream.nowNs);
  return succeed({ basePort: addressOf(0).port });
}

function settingOf({ settings }: LabContext, command: CommandOf<'start-cluster'>): Setting {
  const { level, flush } = settings;
  const latency = command.networkDelay ? latencyOf(command.networkDelay) : settings.latency;
  const { timings = settings.timings, rulesOff = [], snapshotEveryEntries = limits.snapshotEveryEntries } = command;
  const { sessionsMax } = limits;
  return { level, latency, flush, timings, rulesOff, snapshotEveryEntries, sessionsMax, tuning: {} };
}

/** Never nothing, or a round trip would take no time. */
function latencyOf({ minMs, maxMs }: NetworkDelay): Latency {
  const toNs = (ms: number): number => Math.max(1_000, Math.round(ms * nanosecondsPerMillisecond));
  return { minNs: toNs(minMs), maxNs: toNs(maxMs), grainNs: 1 };
}
