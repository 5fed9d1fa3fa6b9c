/**
 * A whole cluster of real cores in one thread, without network, disk or clock: messages in flight are a list, time is a
 * number, and nothing happens that the test does not do. After every step all invariants are checked.
 */
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { paperTimings, type Timings } from '../../shared/cluster-config.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { CoreInput, ProposalOutcome, ReadOutcome, Ticket } from '../../main/raft/contract.ts';
import type { RuleId } from '../../shared/rules.ts';
import { electionExtras } from './core-messages.ts';
import { CoreInvariants } from './core-invariants.ts';
import { CoreNetwork, type Flight, type FlightFilter } from './core-network.ts';
import { CoreNode, type Disk } from './core-node.ts';

export interface CoreClusterOptions {
  readonly size: number;
  readonly seed?: number;
  readonly timings?: Timings;
  /** By default the election extras: elections are those of Figure 2. */
  readonly rulesOff?: readonly RuleId[];
  /** What a server finds on its disk at its first start. */
  readonly disks?: Readonly<Record<NodeId, Partial<Disk>>>;
}

const millisecond = 1_000_000;

export class CoreCluster extends CoreNetwork {
  readonly nodes = new Map<NodeId, CoreNode>();
  readonly invariants = new CoreInvariants(this.nodes);
  nowNs = 0;
  /** How long a message takes in `run`. */
  latencyMs = 1;
  readonly readAnswers = new Map<Ticket, ReadOutcome>();
  #lastTicket = 0;
  /** The commit index that the cluster had reached when each unanswered read began. */
  readonly #readFloors = new Map<Ticket, number>();

  constructor({ size, seed = 1, timings = paperTimings, rulesOff = electionExtras, disks = {} }: CoreClusterOptions) {
    super();
    const voters = Array.from({ length: size }, (_, position) => position);
    for (const id of voters) {
      const disk = disks[id] ?? {};
      const send = (from: CoreNode, to: NodeId, message: ConsensusMessage): void => this.#send(from, to, message);
      this.nodes.set(id, new CoreNode({ id, voters, timings, rulesOff, seed: seed * 1_009 + id * 31, disk, send }, 0));
    }
    for (const node of this.nodes.values()) this.invariants.afterStep(node);
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
    const node = this.node(id);
    node.input(input, this.nowNs);
    this.#afterStep(node);
  }

  /** The node's timer fires, at the time that it was set to if that is still to come. */
  timeOut(id: NodeId): void {
    this.nowNs = Math.max(this.nowNs, this.node(id).wakeAtNs);
    this.input(id, { type: 'deadline-passed' });
  }

  /** A client's entry at node `id`. @returns the outcome, known at once. */
  propose(id: NodeId, ...texts: string[]): ProposalOutcome {
    const entries = texts.map((text) => ({ kind: 'client' as const, payload: new TextEncoder().encode(text) }));
    const ticket = ++this.#lastTicket;
    this.input(id, { type: 'propose', proposals: [{ ticket, entries }] });
    const [outcome, ...others] = this.node(id).proposals.splice(0);
    assert(outcome?.ticket === ticket && others.length === 0, 'a proposal is answered once, and at once');
    return outcome;
  }

  /** A client's linearizable read at node `id`. @returns its ticket, by which `readAnswers` has the outcome. */
  read(id: NodeId): Ticket {
    const ticket = ++this.#lastTicket;
    this.#readFloors.set(ticket, this.invariants.committed.length);
    this.input(id, { type: 'read', tickets: [ticket] });
    return ticket;
  }

  completeWrites(id: NodeId, count?: number): void {
    this.node(id).completeWrites(this.nowNs, count);
    this.#afterStep(this.node(id));
  }

  crash(id: NodeId, wholeWrites = 0, tornParts = 0): void {
    this.node(id).crash(wholeWrites, tornParts);
    this.invariants.afterCrash(this.node(id));
  }

  restart(id: NodeId): void {
    this.node(id).start(this.nowNs);
    this.#afterStep(this.node(id));
  }

  /** No node outside of `group` hears one inside, nor the other way. */
  isolate(...group: NodeId[]): void {
    for (const id of group) for (const other of this.nodes.keys()) if (!group.includes(other)) this.cut(id, other);
  }

  /** Delivers what is in flight now and fits, in order; not what that brings about. */
  deliver(filter: FlightFilter = {}): void {
    for (const flight of this.drop(filter)) this.arrive(flight);
  }

  /** A message arrives, for the first time or once more. A server that is down or cut off does not hear it. */
  arrive({ from, to, message }: Flight): void {
    if (this.node(to).role === 'down' || this.isCut(from, to)) return;
    this.input(to, { type: 'message', from, message });
  }

  /** Lets everything run without faults: each message takes `latencyMs`, each timer fires on time. */
  run(milliseconds: number, until: () => boolean = () => false): void {
    const endNs = this.nowNs + milliseconds * millisecond;
    const latencyNs = this.latencyMs * millisecond;
    while (this.nowNs < endNs && !until()) {
      const arrivals = this.flights.map(({ sentNs }) => sentNs + latencyNs);
      const nextNs = Math.min(...arrivals, ...this.all.map(({ wakeAtNs }) => wakeAtNs), endNs);
      this.nowNs = Math.max(nextNs, this.nowNs);
      const due = this.flights.filter(({ sentNs }) => sentNs + latencyNs <= this.nowNs);
      this.flights = this.flights.filter((flight) => !due.includes(flight));
      for (const flight of due) this.arrive(flight);
      this.fireDueTimers();
    }
  }

  fireDueTimers(): void {
    for (const node of this.all) {
      if (node.wakeAtNs > this.nowNs) continue;
      this.input(node.id, { type: 'deadline-passed' });
      assert(node.wakeAtNs > this.nowNs, `node ${node.id} does not come to rest: its next deadline has passed already`);
    }
  }

  /** Runs until there is a leader whose no-op is committed. @throws when that takes longer than `milliseconds`. */
  elect(milliseconds = 10_000): CoreNode {
    const settled = (): boolean => {
      const leader = this.leader;
      return leader !== undefined && leader.applied.at(-1)?.term === leader.core.term;
    };
    this.run(milliseconds, settled);
    assert(settled(), `no leader in ${milliseconds} ms`);
    return required(this.leader, 'a leader was elected');
  }

  /** Node `id` times out and everyone answers at once. */
  electNode(id: NodeId): CoreNode {
    this.timeOut(id);
    while (this.flights.length > 0) this.deliver();
    assert(this.node(id).role === 'leader', `node ${id} was not elected`);
    return this.node(id);
  }

  #send(from: CoreNode, to: NodeId, message: ConsensusMessage): void {
    this.invariants.beforeSend(from, to, message);
    this.flights.push({ from: from.id, to, sentNs: this.nowNs, message });
  }

  #afterStep(node: CoreNode): void {
    this.invariants.afterStep(node);
    for (const outcome of node.reads.splice(0)) {
      const { ticket, kind } = outcome;
      const floor = this.#readFloors.get(ticket);
      assert(floor !== undefined, `read ${ticket} is answered twice`);
      this.#readFloors.delete(ticket);
      this.readAnswers.set(ticket, outcome);
      if (kind !== 'confirmed') continue;
      const { length } = this.invariants.committed;
      const inBounds = outcome.readIndex >= floor && outcome.readIndex <= length;
      assert(inBounds, `linearizable read ${ticket} of node ${node.id}: ${floor} <= ${outcome.readIndex} <= ${length}`);
    }
  }
}

/** The terms of a log, entry by entry. */
export function termsOf(log: readonly { readonly term: number }[]): number[] {
  return log.map(({ term }) => term);
}
