/**
 * One server in the calling thread: puts the real network, disk and faults into the ports of a node host. The only place
 * where they meet.
 */
import { required } from '../../shared/assert.ts';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { Address, Member, Timings } from '../../shared/cluster-config.ts';
import type { EventBody, LabEvent } from '../../shared/event.ts';
import type { FaultRule } from '../../shared/fault-rule.ts';
import type { HeldEntry } from '../../shared/query.ts';
import type { Result } from '../../shared/result.ts';
import type { RuleId } from '../../shared/rules.ts';
import { lockFolder } from '../disk/folder-lock.ts';
import { openFolder } from '../disk/node-files.ts';
import { openStorage } from '../disk/open-storage.ts';
import { createLinkFaults } from '../faults/link-faults.ts';
import { Machine } from '../faults/machine.ts';
import { createLamportClock } from '../lamport-clock.ts';
import { createDatagramTransport } from '../net/datagram-transport.ts';
import { datagramBytesToAll } from '../net/path-size.ts';
import { slowDown } from '../net/slow-network.ts';
import { openUdpDatagrams } from '../net/udp-datagrams.ts';
import type { Datagrams, Storage } from '../ports.ts';
import type { Tuning } from '../raft/state.ts';
import { EventStamper } from './event-stamper.ts';
import { heldEntry } from './held-entry.ts';
import { recoverState, startEvents } from './initial-state.ts';
import { NodeHost } from './node-host.ts';
import { tuningFor } from './path-tuning.ts';
import { createSystemClock } from './system-clock.ts';
import { whyNotStarted } from './why-not-started.ts';
import type { EndCode, NodeOptions } from './worker-messages.ts';

/** Whom the server tells. */
export interface NodeSink {
  /** Which events are told; all by default. The others are numbered like them, and cost next to nothing. */
  readonly wants?: (event: EventBody) => boolean;
  /** What happened, in order, in batches; those that led to an answer come before it. */
  readonly events: (events: readonly LabEvent[]) => void;
  readonly answer: (requestId: string, result: Result<ClientAnswer>) => void;
  /** The server gave up and has closed everything. Called at most once, never after `stop`. */
  readonly failed: (code: EndCode, reason: string) => void;
}

/** A server that listens and takes requests. */
export interface RunningNode {
  /** Where it really listens. */
  readonly address: Address;
  /** Answered exactly once through the sink. */
  request(requestId: string, request: ClientRequest, timeoutMs: number): void;
  /** As it is held now. */
  heldEntry(index: number): Result<HeldEntry>;
  setFaultRules(rules: readonly FaultRule[]): void;
  /** Its disk, clock and power, and what is done to them. */
  readonly machine: Machine;
  /** Tells now what has happened, and not only at the end of the turn. */
  flushEvents(): void;
  /** Other rules of Raft or timings from now on; what is not given stays. */
  configure(rulesOff?: readonly RuleId[], timings?: Timings): void;
  /** Someone else's act with this Lamport number comes before whatever follows here. */
  follow(lamport: number): void;
  /** Answers what waits, flushes, closes. */
  stop(): void;
}

/** Why a server could not start: a sentence for a person, and a code to act on. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: EndCode;
  constructor(code: EndCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Opens the ports and starts the server.
 * @throws StartError (rejects); everything is closed again.
 */
export async function runNode(options: NodeOptions, sink: NodeSink): Promise<RunningNode> {
  const closers: (() => void)[] = [];
  const closeAll = (): void => {
    for (const close of closers.splice(0)) close();
  };
  try {
    return compose(options, { ...(await openPorts(options, closers)), sink, closeAll });
  } catch (error) {
    closeAll();
    const { code, reason } = whyNotStarted(error);
    throw new StartError(code, reason, { cause: error });
  }
}

/** @param closers what was opened so far, latest first; a thread with an open handle would not run out */
async function openPorts(
  options: NodeOptions,
  closers: (() => void)[],
): Promise<Pick<Opened, 'datagrams' | 'storage' | 'machine'>> {
  const { id, members, folder, bootAfter = 0 } = options;
  const self = required(
    members.find((member) => member.id === id),
    `node ${id} is a member of its own cluster`,
  );
  const datagrams = await openUdpDatagrams(self.address);
  closers.unshift(() => datagrams.close());
  const lock = await lockFolder(folder);
  closers.unshift(() => lock.release());
  const { faultSeed: seed = 0, disk, clockPartsPerMillion, clockOriginNs } = options;
  const clock = createSystemClock(clockOriginNs);
  const machine = new Machine({ id, seed, files: openFolder(folder), clock, disk, clockPartsPerMillion });
  const { clusterId, networkDelay: delay } = options;
  // A server at the end of a slow network: whatever comes, comes late.
  const network = delay ? slowDown(datagrams, { delay, seed, clusterId, nowNs: () => clock.nowNs() }) : datagrams;
  return { datagrams: network, machine, storage: openStorage(machine.files, { bootAfter }) };
}

interface Opened {
  readonly datagrams: Datagrams;
  /** The log itself; the machine stands between it and the host. */
  readonly storage: Storage;
  readonly machine: Machine;
  readonly sink: NodeSink;
  readonly closeAll: () => void;
}

function compose(options: NodeOptions, { datagrams, storage, machine, sink, closeAll }: Opened): RunningNode {
  const { id, members, clusterId, key, timings, seed, rulesOff = [], snapshotEveryEntries } = options;
  const { recovered } = storage;
  const { boot } = recovered;
  // Of true time: what a person reads, and what nodes with clocks of their own have in common.
  const { trueClock: clock, clock: ownClock } = machine;
  const lamport = createLamportClock();
  lamport.follow(options.lamport ?? 0);
  const { wants, events: deliver } = sink;
  const stamper = new EventStamper({ node: id, boot, clock, lamport, deliver, ...(wants && { wants }) });
  const { emit } = stamper;
  const faults = createLinkFaults(id, options.faultSeed);
  faults.setRules(options.faultRules);
  const voters = members.map((member) => member.id);
  const tuning = tuningOver(datagrams, members);
  const { voters: founders } = options;
  const state = recoverState({ id, voters, founders, timings, seed, rulesOff, tuning }, recovered, ownClock.nowNs());
  const wire = { self: id, boot, clusterId, key, members, datagrams, emit, lamport };
  const transport = createDatagramTransport({ ...wire, admit: faults.admit, currentTerm: () => state.term });
  for (const event of startEvents(options, recovered, state, datagrams.localAddress)) emit(event);
  const host = new NodeHost({
    state,
    storage: machine.attach(storage, emit),
    transport,
    clock: ownClock,
    emit: (event) => emit(event.type === 'timer-set' ? onTrueTime(event, machine) : event),
    ...(snapshotEveryEntries !== undefined && { snapshotEveryEntries }),
    addressOf: (member) => transport.addressOf(member),
    answer: (requestId, result) => {
      // What led to the answer is told before it.
      stamper.flush();
      sink.answer(requestId, result);
    },
    onFailed: (code, reason) => {
      stamper.flush();
      closeAll();
      sink.failed(code, reason);
    },
  });
  stamper.flush();
  return {
    address: datagrams.localAddress,
    request: (requestId, request, timeoutMs) => host.request(requestId, request, timeoutMs),
    heldEntry: (index) => heldEntry(id, state.log, storage, index),
    setFaultRules: (rules) => faults.setRules(rules),
    machine,
    flushEvents: () => stamper.flush(),
    configure: (off, newTimings) => host.configure(off, newTimings),
    follow: (number) => lamport.follow(number),
    stop() {
      host.stop('asked to');
      stamper.flush();
      closeAll();
    },
  };
}

/** Deadlines are told on the scale of `timeNs`, whatever the node's own clock shows. */
function onTrueTime(event: Extract<EventBody, { type: 'timer-set' }>, { clock }: Machine): EventBody {
  return { ...event, deadlineNs: clock.toBaseNs(event.deadlineNs) };
}

function tuningOver({ receiveBufferBytes }: Datagrams, members: readonly Member[]): Tuning {
  const datagramBytes = datagramBytesToAll(members.map(({ address }) => address));
  return tuningFor({ datagramBytes, receiveBufferBytes, members: members.length });
}
