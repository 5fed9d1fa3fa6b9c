/**
 * A whole cluster of real cores in one thread, without network, disk or clock: messages in flight are a list, time is a
 * number, and nothing happens that the test does not do. After every step all invariants are checked.
 */
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import type { ConfirmedReadMode } from '../../shared/raft-message.ts';
import type { MembershipChange, ProposalOutcome, Ticket } from '../../main/raft/contract.ts';
import type { CoreNode } from './core-node.ts';
import { CoreServers } from './core-servers.ts';

export type { CoreClusterOptions } from './core-servers.ts';

/** A change as a test says it: ids, with whatever folders those servers have now. */
export interface ChangeOrder {
  readonly mode?: MembershipChange['mode'];
  readonly voters: readonly NodeId[];
  readonly learners?: readonly NodeId[];
}

const millisecond = 1_000_000;

export class CoreCluster extends CoreServers {
  /** How long a message takes in `run`. */
  latencyMs = 1;
  #lastTicket = 0;

  /** A client's entry at node `id`. @returns the outcome, known at once. */
  propose(id: NodeId, ...texts: string[]): ProposalOutcome {
    const entries = texts.map((text) => ({ kind: 'client' as const, payload: new TextEncoder().encode(text) }));
    const ticket = ++this.#lastTicket;
    this.input(id, { type: 'propose', proposals: [{ ticket, entries }] });
    const [outcome, ...others] = this.node(id).proposals.splice(0);
    assert(outcome?.ticket === ticket && others.length === 0, 'a proposal is answered once, and at once');
    return outcome;
  }

  /** A client's read at node `id`. @returns its ticket, by which `readAnswers` has the outcome. */
  read(id: NodeId, mode: ConfirmedReadMode = 'linearizable'): Ticket {
    const ticket = ++this.#lastTicket;
    this.readFloors.set(ticket, this.invariants.committed.length);
    this.input(id, { type: 'read', tickets: [ticket], mode });
    return ticket;
  }

  /** @returns the ticket, by which `outcomes` has what became of it. */
  changeMembership(id: NodeId, { mode = 'joint', voters, learners = [] }: ChangeOrder): Ticket {
    const serversOf = (ids: readonly NodeId[]) =>
      ids.map((server) => ({ id: server, storage: this.nodes.get(server)?.disk.storage ?? 0 }));
    const change = { mode, voters: serversOf(voters), learners: serversOf(learners) };
    const ticket = ++this.#lastTicket;
    this.input(id, { type: 'change-membership', ticket, change });
    return ticket;
  }

  /** @returns the ticket, by which `outcomes` has what became of it. */
  transferLeadership(id: NodeId, to: NodeId): Ticket {
    const ticket = ++this.#lastTicket;
    this.input(id, { type: 'transfer-leadership', ticket, to });
    return ticket;
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
    this.settle();
    assert(this.node(id).role === 'leader', `node ${id} was not elected`);
    return this.node(id);
  }
}

/** The terms of a log, entry by entry. */
export function termsOf(log: readonly { readonly term: number }[]): number[] {
  return log.map(({ term }) => term);
}
