/**
 * The simulated network below both levels of transport: each directed link has a base latency, at its end the fault
 * rules judge, and what is late is held there. It does not know whether a sender still lives.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { NetworkFaults } from '../faults/network-faults.ts';
import type { PacketAct, PacketCopy } from '../faults/verdict.ts';
import { isControl } from '../net/message-kinds.ts';
import type { DatagramKind } from '../ports.ts';
import { Draws } from './draws.ts';
import type { Task } from './event-heap.ts';
import type { World } from './world.ts';

export interface Latency {
  readonly minNs: number;
  readonly maxNs: number;
  /** Arrivals fall on multiples of this, so that several share a loop turn; 1 for none to. */
  readonly grainNs: number;
}

/** Whatever is on its way, with what the rules want to know of it. */
export interface Cargo {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: DatagramKind;
  readonly bytes: number;
}

/** The receiving end of a node; the present process answers, whoever it was meant for. */
export interface Receiver<Kind extends Cargo> {
  /** `isCopy`: a rule doubled it, and this is not the first one. */
  deliver(cargo: Kind, damage: PacketCopy['damage'], isCopy: boolean): void;
  /** A rule kept it away. */
  drop(cargo: Kind, faultRule: string): void;
  /** A rule did something to it. */
  alter(cargo: Kind, act: PacketAct): void;
}

interface LinkState {
  readonly draws: Draws;
  /** The last arrival: datagrams of a link do not overtake each other by themselves. */
  lastNs: number;
}

export class Network<Kind extends Cargo> {
  /** Datagrams that were sent, but for what transports say to each other. */
  sent = 0;
  readonly #world: World;
  readonly #faults: NetworkFaults;
  readonly #latency: Latency;
  readonly #seed: number;
  readonly #receivers: (Receiver<Kind> | undefined)[] = [];
  readonly #links: (LinkState[] | undefined)[] = [];

  constructor(world: World, faults: NetworkFaults, latency: Latency, seed: number) {
    this.#world = world;
    this.#faults = faults;
    this.#latency = latency;
    this.#seed = seed;
  }

  /** From now on this one takes what arrives for `node`; nobody when it is undefined. */
  attach(node: NodeId, receiver: Receiver<Kind> | undefined): void {
    this.#receivers[node] = receiver;
  }

  send(cargo: Kind): void {
    if (!isControl(cargo.kind)) this.sent += 1;
    const { minNs, maxNs, grainNs } = this.#latency;
    const link = this.#linkOf(cargo.from, cargo.to);
    let atNs = this.#world.nowNs + (maxNs > minNs ? link.draws.integer(minNs, maxNs) : minNs);
    if (grainNs > 1) atNs = Math.ceil(atNs / grainNs) * grainNs;
    if (atNs < link.lastNs) atNs = link.lastNs;
    link.lastNs = atNs;
    this.#world.at(new Arrival(this, cargo), atNs);
  }

  /** It has come to the end of its link. */
  arrive(cargo: Kind): void {
    const { from, to, kind, bytes } = cargo;
    const verdict = this.#faults.judge({ from, to, kind, bytes, nowNs: this.#world.nowNs });
    if (verdict.kind === 'pass') return this.hand(cargo, null, false);
    if (verdict.kind === 'drop') return this.#receivers[to]?.drop(cargo, verdict.faultRule);
    for (const act of verdict.acts) this.#receivers[to]?.alter(cargo, act);
    for (const [place, { delayNs, damage }] of verdict.copies.entries()) {
      if (delayNs === 0) this.hand(cargo, damage, place > 0);
      else this.#world.at(new LateArrival(this, cargo, damage, place > 0), this.#world.nowNs + delayNs);
    }
  }

  hand(cargo: Kind, damage: PacketCopy['damage'], isCopy: boolean): void {
    this.#receivers[cargo.to]?.deliver(cargo, damage, isCopy);
  }

  #linkOf(from: NodeId, to: NodeId): LinkState {
    const links = (this.#links[from] ??= []);
    return (links[to] ??= { draws: new Draws(this.#seed, `link ${from}→${to}`), lastNs: 0 });
  }
}

class Arrival<Kind extends Cargo> implements Task {
  atNs = 0;
  order = 0;
  readonly #network: Network<Kind>;
  readonly #cargo: Kind;

  constructor(network: Network<Kind>, cargo: Kind) {
    this.#network = network;
    this.#cargo = cargo;
  }

  run(): void {
    this.#network.arrive(this.#cargo);
  }
}

/** Held back by a rule at the receiving end. */
class LateArrival<Kind extends Cargo> implements Task {
  atNs = 0;
  order = 0;
  readonly #network: Network<Kind>;
  readonly #cargo: Kind;
  readonly #damage: PacketCopy['damage'];
  readonly #isCopy: boolean;

  constructor(network: Network<Kind>, cargo: Kind, damage: PacketCopy['damage'], isCopy: boolean) {
    this.#network = network;
    this.#cargo = cargo;
    this.#damage = damage;
    this.#isCopy = isCopy;
  }

  run(): void {
    this.#network.hand(this.#cargo, this.#damage, this.#isCopy);
  }
}
