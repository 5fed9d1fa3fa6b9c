/**
 * One life of a simulated server: its process with the real node host and core in it, from launch to end.
 */
import type { ClientAnswer } from '../../shared/client-request.ts';
import type { EventBody } from '../../shared/event.ts';
import { storageNumberOf, type NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { RuleId } from '../../shared/rules.ts';
import { FaultyClock } from '../faults/faulty-clock.ts';
import { FaultyStorage } from '../faults/faulty-storage.ts';
import { createLamportClock } from '../lamport-clock.ts';
import { describeRecovered } from '../node/initial-state.ts';
import { NodeHost } from '../node/node-host.ts';
import type { RecoveredState } from '../ports.ts';
import { createState, type RaftState } from '../raft/state.ts';
import { memberOf } from './byte-datagrams.ts';
import type { Folder } from './folder.ts';
import { ProcessClock } from './process-clock.ts';
import type { SimContext } from './sim-context.ts';
import { SimProcess } from './sim-process.ts';
import { Stamper } from './stamper.ts';

export interface LifeOptions {
  readonly id: NodeId;
  readonly folder: Folder;
  readonly rulesOff: readonly RuleId[];
  readonly answer: (requestId: string, result: Result<ClientAnswer>) => void;
  readonly onFailed: (code: string, reason: string) => void;
}

export interface Life {
  readonly process: SimProcess;
  readonly stamper: Stamper;
  readonly storage: FaultyStorage;
  readonly clock: FaultyClock;
  readonly state: RaftState;
  readonly host: NodeHost;
}

/** @throws StorageError when the folder holds what can't be trusted. */
export function startLife(context: SimContext, options: LifeOptions): Life {
  const { id, folder, answer, onFailed } = options;
  const { world, lab, onEvent, seedOf } = context;
  lab.emit({ type: 'node-launched', target: id });
  const process = new SimProcess();
  const storage = new FaultyStorage(folder.open(world, process), {
    seed: seedOf(`disk of ${id}`),
    schedule: (delayNs, run) => world.call(world.nowNs + delayNs, () => runIn(process, run)),
    report: ({ faultRule, act, delayNs }) =>
      lab.emit({ type: 'node-fault-acted', target: id, faultRule, act, delayNs }),
  });
  const clock = new FaultyClock(new ProcessClock(world, process));
  const lamport = createLamportClock();
  lamport.follow(lab.lamport.current);
  const { recovered } = storage;
  const stamper = new Stamper(id, recovered.boot, lamport, world, onEvent);
  const state = recoverState(context, options, recovered, clock.nowNs());
  for (const event of startEvents(context, id, recovered, state)) stamper.emit(event);
  const host = new NodeHost({
    state,
    storage,
    transport: context.createTransport(stamper, process, () => state.term),
    clock,
    emit: (event) => {
      if (process.isAlive) stamper.emit(event);
    },
    snapshotEveryEntries: context.snapshotEveryEntries,
    sessionsMax: context.sessionsMax,
    answer: (requestId, result) => {
      if (!process.isAlive) return;
      lab.lamport.follow(lamport.current);
      answer(requestId, result);
    },
    onFailed,
  });
  return { process, stamper, storage, clock, state, host };
}

/** A process that stands still does it when it goes on; a dead one never. */
function runIn(process: SimProcess, run: () => void): void {
  if (process.isPaused) process.whenResumed(run);
  else if (process.isAlive) run();
}

function recoverState(
  context: SimContext,
  { id, rulesOff }: LifeOptions,
  recovered: RecoveredState,
  nowNs: number,
): RaftState {
  const { storageId, boot, hardState, lastIndex, termRuns, entrySizes, snapshot, compacted } = recovered;
  const { bootstrap, timings, tuning, seedOf } = context;
  const server = { id, storage: storageNumberOf(storageId), boot, seed: seedOf(`core ${storageId} ${boot}`) };
  const log = { lastIndex, termRuns, entrySizes, snapshot, compacted, configurations: recovered.configurations };
  return createState({ ...server, bootstrap, timings, rulesOff, tuning, ...hardState, ...log }, nowNs);
}

function startEvents(
  { members, timings }: SimContext,
  id: NodeId,
  recovered: RecoveredState,
  state: RaftState,
): EventBody[] {
  const { rulesOff } = state;
  const { address } = memberOf(id);
  return [
    { type: 'node-started', address, members, timings, rulesOff, ...describeRecovered(recovered, state) },
    ...recovered.repairs.map((repair) => ({ type: 'log-repaired' as const, ...repair })),
  ];
}
