/** Real node hosts and cores on a network, disks and a clock that live in memory: every order and time can be set up. */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { serversOf } from '../../shared/configuration.ts';
import type { EventBody } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { RaftMessage } from '../../shared/raft-message.ts';
import type { Result } from '../../shared/result.ts';
import { paperTimings } from '../../shared/cluster-config.ts';
import { recoverState } from '../../main/node/initial-state.ts';
import { NodeHost } from '../../main/node/node-host.ts';
import type { Transport } from '../../main/ports.ts';
import { configurationOf, type RaftState, type Tuning } from '../../main/raft/state.ts';
import { MemoryDisk } from './node-memory-storage.ts';
import { millisecond, VirtualWorld } from './node-virtual-world.ts';

/** One way of one message. */
export interface Passage {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly message: RaftMessage;
}

/** A request on its way; `results` has at most one element, or the node is wrong. */
export interface Asked {
  readonly results: Result<ClientAnswer>[];
  answeredAtNs: number;
}

export interface VirtualNode {
  readonly id: NodeId;
  readonly disk: MemoryDisk;
  readonly events: EventBody[];
  readonly state: RaftState;
  readonly host: NodeHost;
  isUp: boolean;
  failure: { readonly code: string; readonly reason: string } | undefined;
}

const linkDelayNs = millisecond / 2;

export interface VirtualOptions {
  readonly snapshotEveryEntries?: number;
  readonly sessionsMax?: number;
  readonly tuning?: Partial<Tuning>;
  /** Voters of the first configuration; by default all. */
  readonly voters?: readonly NodeId[];
}

export class VirtualCluster {
  readonly options: VirtualOptions;
  readonly world = new VirtualWorld();
  /** By which delays (ns) copies of a message arrive; none: it is lost. */
  route: (passage: Passage) => readonly number[] = () => [linkDelayNs];
  /** Everything that left a node. */
  readonly sent: (Passage & { readonly atNs: number })[] = [];
  readonly #nodes = new Map<NodeId, VirtualNode>();
  readonly #inboxes = new Map<NodeId, (from: NodeId, message: RaftMessage) => void>();
  readonly #asked = new Map<string, Asked>();
  readonly #ids: readonly NodeId[];

  constructor(size: number, options: VirtualOptions = {}) {
    this.options = options;
    this.#ids = Array.from({ length: size }, (_, id) => id);
    for (const id of this.#ids) this.start(id);
  }

  node(id: NodeId): VirtualNode {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`node ${id} was never started`);
    return node;
  }

  get nodes(): readonly VirtualNode[] {
    return [...this.#nodes.values()];
  }

  /** Starts a node, or starts it again on its old disk. */
  start(id: NodeId): VirtualNode {
    const before = this.#nodes.get(id);
    const disk = before?.disk ?? new MemoryDisk();
    const storage = disk.open();
    const events = before?.events ?? [];
    const seed = id * 1_000 + storage.recovered.boot;
    const { tuning = {}, voters = this.#ids, ...limits } = this.options;
    const settings = { id, voters, timings: paperTimings, seed, tuning };
    const state = recoverState(settings, storage.recovered, this.world.nowNs);
    if (before) before.isUp = false;
    const life: Pick<VirtualNode, 'isUp' | 'failure'> = { isUp: true, failure: undefined };
    const isAlive = (): boolean => life.isUp;
    const host = new NodeHost({
      ...limits,
      state,
      storage,
      transport: this.#createTransport(id, isAlive),
      clock: this.world.createClock(isAlive),
      emit: (event) => events.push(event),
      answer: (requestId, result) => {
        if (isAlive()) this.#onAnswer(requestId, result);
      },
      onFailed: (code, reason) => void Object.assign(life, { failure: { code, reason }, isUp: false }),
    });
    const node: VirtualNode = Object.assign(life, { id, disk, events, state, host });
    this.#nodes.set(id, node);
    return node;
  }

  /** The thread is gone from one moment to the next; what was not flushed is lost. */
  crash(id: NodeId): void {
    this.node(id).isUp = false;
    this.#inboxes.delete(id);
  }

  stop(id: NodeId): void {
    this.node(id).host.stop('test');
    this.node(id).isUp = false;
  }

  ask(id: NodeId, requestId: string, request: ClientRequest, timeoutMs = 5_000): Asked {
    const asked: Asked = { results: [], answeredAtNs: 0 };
    this.#asked.set(requestId, asked);
    this.node(id).host.request(requestId, request, timeoutMs);
    return asked;
  }

  append(id: NodeId, text: string, timeoutMs?: number): Asked {
    return this.ask(id, text, { kind: 'append', entries: [new TextEncoder().encode(text)] }, timeoutMs);
  }

  /** Lets things happen until it is answered. */
  answerOf(asked: Asked): Result<ClientAnswer> {
    this.world.runUntil(() => asked.results.length > 0, 'the answer');
    const [result] = asked.results;
    if (!result) throw new Error('there is no answer');
    return result;
  }

  /** Elects a leader whom every running node knows. */
  elect(): VirtualNode {
    const leader = () => this.nodes.find(({ isUp, state }) => isUp && state.role.name === 'leader');
    const isKnown = (): boolean => {
      const known = leader();
      if (!known || known.state.commitIndex < known.state.log.lastIndex) return false;
      const { term } = known.state;
      const members = serversOf(configurationOf(known.state));
      return this.nodes.every(
        ({ id, isUp, state }) =>
          !isUp ||
          !members.includes(id) ||
          state === known.state ||
          (state.term === term && state.role.name === 'follower' && state.role.leaderId === known.id),
      );
    };
    this.world.runUntil(isKnown, 'a leader whom all know');
    return leader() ?? this.node(0);
  }

  /** A running node that does not lead. */
  follower(): VirtualNode {
    const node = this.nodes.find(({ isUp, state }) => isUp && state.role.name === 'follower');
    if (!node) throw new Error('there is no follower');
    return node;
  }

  /** How often an entry with this text stands in the log of a node. */
  countInLog(id: NodeId, text: string): number {
    return this.node(id).disk.durable.entries.filter(({ payload }) => new TextDecoder().decode(payload) === text)
      .length;
  }

  /** Puts a message before a node, as if `from` had sent it. */
  deliver(from: NodeId, to: NodeId, message: RaftMessage): void {
    this.#inboxes.get(to)?.(from, message);
  }

  #createTransport(from: NodeId, isAlive: () => boolean): Transport {
    let closed = false;
    return {
      send: (to, message) => {
        if (closed || !isAlive()) return;
        const passage = { from, to, message: structuredClone(message) };
        this.sent.push({ ...passage, atNs: this.world.nowNs });
        for (const delayNs of this.route(passage)) {
          this.world.at(this.world.nowNs + delayNs, () => this.#inboxes.get(to)?.(from, passage.message));
        }
      },
      onMessage: (handler) => void this.#inboxes.set(from, handler),
      close: () => {
        closed = true;
        if (isAlive()) this.#inboxes.delete(from);
      },
    };
  }

  #onAnswer(requestId: string, result: Result<ClientAnswer>): void {
    const asked = this.#asked.get(requestId);
    if (!asked) throw new Error(`nobody asked ${requestId}`);
    asked.results.push(result);
    asked.answeredAtNs = this.world.nowNs;
  }
}
