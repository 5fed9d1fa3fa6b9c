/**
 * The servers of a cluster of real cores, and what happens to them: inputs, timers, crashes, lost folders, messages that
 * arrive. After every step all invariants are checked, and every answer is held against its question.
 */
import type { Configuration } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { paperTimings, type Timings } from '../../shared/cluster-config.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { CoreInput, LeaderOutcome, ReadOutcome, Ticket } from '../../main/raft/contract.ts';
import type { Tuning } from '../../main/raft/state.ts';
import type { RuleId } from '../../shared/rules.ts';
import { electionExtras } from './core-messages.ts';
import { storageOf, type Disk } from './core-disk.ts';
import { CoreInvariants } from './core-invariants.ts';
import { CoreNetwork, type Flight, type FlightFilter } from './core-network.ts';
import { CoreNode } from './core-node.ts';

export interface CoreClusterOptions {
  /** How many voters it starts with: 0, 1, 2 … */
  readonly size: number;
  /** Learners that it starts with. */
  readonly learners?: readonly NodeId[];
  readonly seed?: number;
  readonly timings?: Timings;
  readonly tuning?: Partial<Tuning>;
  /** By default the election extras: elections are those of Figure 2. */
  readonly rulesOff?: readonly RuleId[];
  /** False: promises may break, and the test looks what comes of it. */
  readonly checked?: boolean;
  /** What a server finds on its disk at its first start. */
  readonly disks?: Readonly<Record<NodeId, Partial<Disk>>>;
}

export class CoreServers extends CoreNetwork {
  readonly nodes = new Map<NodeId, CoreNode>();
  readonly invariants = new CoreInvariants(this.nodes);
  /** What the cluster was started with, and what a server that is added is told. */
  readonly bootstrap: Configuration;
  nowNs = 0;
  readonly readAnswers = new Map<Ticket, ReadOutcome>();
  /** What became of membership changes and transfers. */
  readonly outcomes = new Map<Ticket, LeaderOutcome>();
  readonly #options: CoreClusterOptions;
  /** The commit index that the cluster had reached when each unanswered read began. */
  protected readonly readFloors = new Map<Ticket, number>();

  constructor(options: CoreClusterOptions) {
    super();
    this.#options = options;
    const { size, learners = [] } = options;
    const voters = Array.from({ length: size }, (_, id) => ({ id, storage: storageOf(id) }));
    const learning = learners.map((id) => ({ id, storage: storageOf(id) }));
    this.bootstrap = { voters, outgoing: [], learners: learning };
    for (const { id } of [...voters, ...learning]) this.add(id);
  }

  /** A server starts with its first disk and knows whom the cluster began with; if it is not among them, it is no member yet. */
  add(id: NodeId): CoreNode {
    const { seed = 1, timings = paperTimings, tuning = {}, rulesOff = electionExtras, disks } = this.#options;
    const send = (from: CoreNode, to: NodeId, message: ConsensusMessage): void => this.#send(from, to, message);
    const afterStep = (stepped: CoreNode): void => this.#afterStep(stepped);
    const fixed = { id, bootstrap: this.bootstrap, timings, tuning, rulesOff, seed: seed * 1_009 + id * 31 };
    const node = new CoreNode({ ...fixed, disk: disks?.[id] ?? {}, send, afterStep });
    this.nodes.set(id, node);
    node.start(this.nowNs);
    return node;
  }

  node(id: NodeId): CoreNode {
    return required(this.nodes.get(id), `there is no node ${id}`);
  }

  get all(): CoreNode[] {
    return [...this.nodes.values()];
  }

  /** The leader of the highest term. */
  get leader(): CoreNode | undefined {
    return this.all
      .filter(({ role }) => role === 'leader')
      .toSorted((left, right) => right.core.term - left.core.term)[0];
  }

  input(id: NodeId, input: CoreInput): void {
    this.node(id).input(input, this.nowNs);
  }

  /** The node's timer fires, at the time that it was set to if that is still to come. */
  timeOut(id: NodeId): void {
    this.nowNs = Math.max(this.nowNs, this.node(id).wakeAtNs);
    this.input(id, { type: 'deadline-passed' });
  }

  /** Rules or timings change on one server. */
  configure(id: NodeId, { rulesOff, timings }: { rulesOff?: readonly RuleId[]; timings?: Timings }): void {
    const news = { ...(rulesOff ? { rulesOff } : {}), ...(timings ? { timings } : {}) };
    this.input(id, { type: 'configure', ...news });
  }

  /** Of what the node has applied, or of what it had at `index`; the log up to there goes. */
  takeSnapshot(id: NodeId, index?: number): void {
    this.node(id).takeSnapshot(this.nowNs, index);
  }

  completeWrites(id: NodeId, count?: number): void {
    this.node(id).completeWrites(this.nowNs, count);
  }

  crash(id: NodeId, wholeWrites = 0, tornParts = 0): void {
    this.node(id).crash(wholeWrites, tornParts);
    this.invariants.afterCrash(this.node(id));
  }

  restart(id: NodeId): void {
    this.node(id).start(this.nowNs);
  }

  /** A server that is down loses its folder. */
  wipe(id: NodeId): void {
    this.invariants.beforeWipe(this.node(id));
    this.node(id).wipe();
    this.invariants.afterCrash(this.node(id));
  }

  /** No node outside of `group` hears one inside, nor the other way. */
  isolate(...group: NodeId[]): void {
    for (const id of group) for (const other of this.nodes.keys()) if (!group.includes(other)) this.cut(id, other);
  }

  /** Delivers what is in flight now and fits, in order; not what that brings about. */
  deliver(filter: FlightFilter = {}): void {
    for (const flight of this.drop(filter)) this.arrive(flight);
  }

  /** Delivers what fits, and what that brings about as far as it fits, until nothing does. */
  settle(filter: FlightFilter = {}): void {
    while (this.inFlight(filter).length > 0) this.deliver(filter);
  }

  /** A message arrives, for the first time or once more. A server that is not there, down or cut off does not hear it. */
  arrive({ from, to, message }: Flight): void {
    const role = this.nodes.get(to)?.role ?? 'down';
    if (role === 'down' || this.isCut(from, to)) return;
    this.input(to, { type: 'message', from, message });
  }

  #send(from: CoreNode, to: NodeId, message: ConsensusMessage): void {
    if (this.#options.checked !== false) this.invariants.beforeSend(from, to, message);
    this.flights.push({ from: from.id, to, sentNs: this.nowNs, message });
  }

  #afterStep(node: CoreNode): void {
    if (this.#options.checked !== false) this.invariants.afterStep(node);
    for (const outcome of node.outcomes.splice(0)) {
      assert(!this.outcomes.has(outcome.ticket), `ticket ${outcome.ticket} is answered twice`);
      this.outcomes.set(outcome.ticket, outcome);
    }
    for (const outcome of node.reads.splice(0)) this.#takeRead(node, outcome);
  }

  #takeRead(node: CoreNode, outcome: ReadOutcome): void {
    const { ticket, kind } = outcome;
    const floor = this.readFloors.get(ticket);
    assert(floor !== undefined, `read ${ticket} is answered twice`);
    this.readFloors.delete(ticket);
    this.readAnswers.set(ticket, outcome);
    if (kind !== 'confirmed') return;
    const { length } = this.invariants.committed;
    const inBounds = outcome.readIndex >= floor && outcome.readIndex <= length;
    assert(inBounds, `linearizable read ${ticket} of node ${node.id}: ${floor} <= ${outcome.readIndex} <= ${length}`);
  }
}
