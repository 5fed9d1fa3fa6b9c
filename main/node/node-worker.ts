/**
 * The thread of one server: puts the real network, disk and faults into the ports of a node host. The only place where
 * they meet.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { required } from '../../shared/assert.ts';
import type { Address } from '../../shared/cluster-config.ts';
import type { EventBody } from '../../shared/event.ts';
import { lockFolder } from '../disk/folder-lock.ts';
import { openFolder } from '../disk/node-files.ts';
import { openStorage } from '../disk/open-storage.ts';
import { createLinkFaults } from '../faults/link-faults.ts';
import { createLamportClock } from '../lamport-clock.ts';
import { createDatagramTransport } from '../net/datagram-transport.ts';
import { datagramBytesToAll } from '../net/path-size.ts';
import { ListenError, openUdpDatagrams } from '../net/udp-datagrams.ts';
import { StorageError, type Datagrams, type RecoveredState, type Storage } from '../ports.ts';
import type { RaftState, Tuning } from '../raft/state.ts';
import { EventStamper } from './event-stamper.ts';
import { describeRecovered, recoverState } from './initial-state.ts';
import { NodeHost } from './node-host.ts';
import { tuningFor } from './path-tuning.ts';
import { createSystemClock } from './system-clock.ts';
import type { EndCode, FromNode, NodeOptions, ToNode } from './worker-messages.ts';

const port = required(parentPort, 'node-worker runs as a worker thread');
const options = workerData as NodeOptions;

function tell(message: FromNode): void {
  port.postMessage(message);
}

/** What was opened so far, latest first; a thread with an open handle would not run out. */
const open: (() => void)[] = [];

/** Says why the node ends and lets the thread run out. */
function end(cause: 'stopped' | 'failed', code: EndCode, reason: string): void {
  for (const close of open.splice(0)) close();
  tell({ type: 'ended', cause, code, reason });
  port.close();
}

async function openPorts(): Promise<{ datagrams: Datagrams; storage: Storage }> {
  const { id, members, folder } = options;
  const self = required(
    members.find((member) => member.id === id),
    `node ${id} is a member of its own cluster`,
  );
  const datagrams = await openUdpDatagrams(self.address);
  open.unshift(() => datagrams.close());
  const lock = await lockFolder(folder);
  open.unshift(() => lock.release());
  return { datagrams, storage: openStorage(openFolder(folder)) };
}

async function launch(): Promise<void> {
  const { id, members, clusterId, key, timings, seed, rulesOff = [] } = options;
  const { datagrams, storage } = await openPorts();
  const { recovered } = storage;
  const { boot } = recovered;
  const clock = createSystemClock(options.clockOriginNs);
  const lamport = createLamportClock();
  lamport.follow(options.lamport ?? 0);
  const stamper = new EventStamper({
    node: id,
    boot,
    clock,
    lamport,
    deliver: (events) => tell({ type: 'events', events }),
  });
  const { emit } = stamper;
  const faults = createLinkFaults(id);
  faults.setRules(options.faultRules);
  const settings = { id, voters: members.map((one) => one.id), timings, seed, rulesOff, tuning: tuningOver(datagrams) };
  const state = recoverState(settings, recovered, clock.nowNs());
  const transport = createDatagramTransport({
    self: id,
    boot,
    clusterId,
    key,
    members,
    datagrams,
    emit,
    lamport,
    admit: faults.admit,
    currentTerm: () => state.term,
  });
  for (const event of startEvents(recovered, state, datagrams.localAddress)) emit(event);

  const finish = (cause: 'stopped' | 'failed', code: EndCode, reason: string): void => {
    stamper.flush();
    end(cause, code, reason);
  };
  const host = new NodeHost({
    state,
    storage,
    transport,
    clock,
    emit,
    answer: (requestId, result) => {
      // What led to the answer is told before it.
      stamper.flush();
      tell({ type: 'answer', requestId, result });
    },
    onFailed: (code, reason) => finish('failed', code, reason),
  });
  port.on('message', (message: ToNode) => {
    lamport.follow(message.lamport ?? 0);
    if (message.type === 'request') host.request(message.requestId, message.request, message.timeoutMs);
    else if (message.type === 'fault-rules') faults.setRules(message.rules);
    else if (message.type === 'configure') host.configure(message.rulesOff, message.timings);
    else {
      host.stop('asked to');
      finish('stopped', 'asked', 'It was stopped.');
    }
  });
  stamper.flush();
  tell({ type: 'ready', address: datagrams.localAddress });
}

function tuningOver({ receiveBufferBytes }: Datagrams): Tuning {
  const { members } = options;
  const datagramBytes = datagramBytesToAll(members.map(({ address }) => address));
  return tuningFor({ datagramBytes, receiveBufferBytes, members: members.length });
}

function startEvents(recovered: RecoveredState, state: RaftState, address: Address): EventBody[] {
  const { members, timings } = options;
  const { rulesOff } = state;
  return [
    { type: 'node-started', address, members, timings, rulesOff, ...describeRecovered(recovered, state) },
    ...recovered.repairs.map((repair) => ({ type: 'log-repaired' as const, ...repair })),
  ];
}

function whyNot(error: unknown): { code: EndCode; reason: string } {
  if (error instanceof ListenError) {
    // Windows reserves ranges of ports: like a taken one, another block may do.
    const anotherMayDo = error.code === 'port-taken' || error.code === 'port-forbidden';
    return { code: anotherMayDo ? 'port-taken' : 'address-unusable', reason: error.message };
  }
  if (error instanceof StorageError) {
    const codes = {
      locked: 'folder-locked',
      damaged: 'log-damaged',
      unwritable: 'folder-unusable',
      full: 'disk-failed',
      io: 'disk-failed',
    } as const;
    return { code: codes[error.code], reason: error.message };
  }
  return { code: 'internal', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

try {
  await launch();
} catch (error) {
  const { code, reason } = whyNot(error);
  end('failed', code, reason);
}
