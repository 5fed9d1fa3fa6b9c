/**
 * Hostile datagrams against three servers of the built library over real sockets, while clients append. Who sends them hears
 * everything and has no key. Halfway a server starts again, so that there is something from before.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { required } from '../../../shared/assert.ts';
import type { Address } from '../../../shared/cluster-config.ts';
import type { LabEvent } from '../../../shared/event.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { drawPercent, type RandomState } from '../../../shared/random.ts';
import { readSocketDrops } from '../../net/socket-drops.ts';
import { decodeHeader } from '../../net/wire-header.ts';
import { strangerAttacks, type Attack, type Scene } from './attacks.ts';
import { drawOne } from './draw-bytes.ts';
import { clusterId, clusterIdBytes, clusterKey, servers, type Capture } from './quiet-cluster.ts';
import type { Library, SocketOptions, SocketReport } from './socket-report.ts';
import { Tally } from './tally.ts';
import { Wiretap } from './wiretap.ts';

type RunningNode = Awaited<ReturnType<Library['start']>>;

/** Who answers greetings says nothing of it in the stream, so replays of those would not be accounted for. */
const attacks: readonly Attack[] = Object.entries(strangerAttacks).flatMap(([kind, attack]) =>
  kind === 'replayed between transports' || kind === 'replayed greeting' ? [] : [attack],
);
const capturesMax = 5_000;
const perBurst = 100;
/** Refusals of what the servers say themselves, when one of them starts again. */
const ownRefusalsMax = 200;

export class SocketRun {
  readonly #options: SocketOptions;
  readonly #random: RandomState;
  readonly #addresses: readonly Address[];
  readonly #nodes = new Map<NodeId, RunningNode>();
  readonly #boots = new Map<NodeId, { boot: number; lamport: { current: number }; state: { term: number } }>();
  readonly #captures: Capture[] = [];
  readonly #tally = new Tally();
  readonly #received = new Set<string>();
  readonly #problems: string[] = [];
  #heard = 0;
  /** Greetings that a server sent to where a replay came from. Who is there refuses them. */
  #misled = 0;
  #appends = 0;
  #overflowed = 0;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#random = { random: options.seed };
    this.#addresses = options.ports.map((port) => ({ host: '127.0.0.1', port }));
  }

  async run(): Promise<SocketReport> {
    const { count } = this.#options;
    const tap = await Wiretap.open(this.#addresses, (_from, to, bytes) => this.#hear(to, bytes));
    try {
      for (const id of servers) await this.#start(id, tap);
      await this.#append();
      await this.#attack(tap, Math.floor(count / 2));
      await this.#stop(1);
      await this.#start(1, tap);
      await this.#append();
      await this.#attack(tap, Math.ceil(count / 2));
      await this.#append();
      await this.#settle(count);
    } finally {
      for (const id of this.#nodes.keys()) await this.#stop(id);
      await tap.close();
    }
    const { refused, aggregated, others } = this.#tally;
    for (const bad of ['assertion-failed', 'disk-failed'])
      if (others.has(bad)) this.#problems.push(`A server gave up: ${bad}.`);
    return {
      sent: count,
      refused: Object.fromEntries(refused),
      toldAsCounts: aggregated,
      overflowed: this.#overflowed,
      appends: this.#appends,
      problems: this.#problems,
    };
  }

  async #start(id: NodeId, tap: Wiretap): Promise<void> {
    const { library, folder } = this.#options;
    const nodes = this.#addresses.map((address, other) => {
      const { host, port } = other === id ? address : tap.addressOf(id, other);
      return [other, `${host}:${port}`] as const;
    });
    const node = await library.start(id, nodes, join(folder, `node-${id}`), { clusterId, key: clusterKey });
    const known = { boot: 0, lamport: { current: 0 }, state: { term: 0 } };
    this.#boots.set(id, known);
    node.onEvent((event) => {
      known.boot = event.boot;
      known.lamport.current = event.lamport;
      this.#note(event);
    });
    this.#nodes.set(id, node);
  }

  async #stop(id: NodeId): Promise<void> {
    this.#overflowed += readSocketDrops(required(this.#addresses[id], 'it listens')) ?? 0;
    await this.#nodes.get(id)?.close();
    this.#nodes.delete(id);
  }

  #note(event: LabEvent): void {
    this.#tally.note(event);
    if (event.type !== 'datagram-received') return;
    const name = `${event.from} ${event.fromBoot} ${event.node} ${event.boot} ${event.datagram}`;
    if (this.#received.has(name)) this.#problems.push(`Received twice: ${name}.`);
    this.#received.add(name);
  }

  #hear(goesTo: NodeId, bytes: Uint8Array): void {
    const header = decodeHeader(bytes, clusterIdBytes, null);
    if (!header.ok) return;
    const { senderId: from, receiverId: to, boot: fromBoot, receiverBoot: toBoot, kind } = header.value;
    if (to !== goesTo) this.#misled += 1;
    this.#captures[this.#heard % capturesMax] = { from, to, fromBoot, toBoot, kind, bytes };
    this.#heard += 1;
  }

  /** Through each server, when all have heard of one leader: what goes to one that has just stopped has no known outcome. */
  async #append(): Promise<void> {
    for (const node of this.#nodes.values()) await confirm(node);
    for (const node of this.#nodes.values()) {
      await node.append({ entries: [new Uint8Array(50), 'foo'] });
      this.#appends += 1;
    }
  }

  async #attack(tap: Wiretap, count: number): Promise<void> {
    const cluster = { captures: this.#captures, node: (id: NodeId) => required(this.#boots.get(id), 'it runs') };
    for (let done = 0; done < count;) {
      const victim = drawOne(this.#random, servers);
      const scene: Scene = { random: this.#random, cluster, victim };
      const bytes = drawOne(this.#random, attacks)(scene);
      if (bytes === undefined || bytes.length === 0) continue;
      const claimed = servers.filter((id) => id !== victim)[drawPercent(this.#random, 50) ? 0 : 1] ?? 0;
      tap.say(claimed, victim, bytes, required(this.#addresses[victim], 'it listens'));
      done += 1;
      // So that the servers can keep up, mostly; what they can't is counted by the system.
      if (done % perBurst === 0) await sleep(4);
      if (done % 10_000 === 0) await this.#append();
    }
  }

  /** Everything is accounted for, by the servers or by the system. */
  async #settle(sent: number): Promise<void> {
    const lost = (): number =>
      this.#addresses.reduce((sum, address) => sum + (readSocketDrops(address) ?? 0), this.#overflowed);
    const isDone = (): boolean => this.#tally.refusals + lost() >= sent;
    for (let waited = 0; waited < 200 && !isDone(); waited += 1) await sleep(50);
    const { refusals } = this.#tally;
    if (!isDone()) this.#problems.push(`${sent} were sent; ${refusals} were refused and ${lost()} lost.`);
    if (refusals > sent + this.#misled + ownRefusalsMax)
      this.#problems.push(`${refusals} were refused, and only ${sent + this.#misled} sent.`);
    const logs = await Promise.all(
      [...this.#nodes.values()].map((node) => node.indexRange({ startIndex: 1, endIndex: 1_000 })),
    );
    const texts = logs.map(({ entries }) =>
      entries.map(({ index, term, payload }) => `${index} ${term} ${payload.join()}`).join('\n'),
    );
    if (new Set(texts).size > 1) this.#problems.push('The logs are not the same.');
    if (logs.some(({ entries }) => entries.length !== this.#appends * 2))
      this.#problems.push(`${this.#appends * 2} entries were appended, and others are there.`);
  }
}

/** Reads until a leader confirms it. */
async function confirm(node: RunningNode): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await node.indexRange({ startIndex: 1, endIndex: 1, read: 'linearizable' });
      return;
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}
