/**
 * Hostile datagrams against three real servers, in process. In rounds: the cluster works, and some of it starts again, so
 * that there is something to replay; then time stands still and a share of the datagrams comes in. Whatever changes in a server
 * then, they have changed.
 */
import { isDeepStrictEqual } from 'node:util';
import { limits } from '../../../shared/cluster-config.ts';
import type { RandomState } from '../../../shared/random.ts';
import { drawAddress, strangerAttacks, type Attack, type Scene } from './attacks.ts';
import { drawOne } from './draw-bytes.ts';
import { liarAttacks } from './liar-attacks.ts';
import { memoryMb } from './memory.ts';
import { addressOf, QuietCluster, servers, type Capture } from './quiet-cluster.ts';
import { stir } from './stir.ts';

export interface HostileReport {
  /** Hostile datagrams by what they are. */
  readonly kinds: Readonly<Record<string, number>>;
  /** What the servers said to each other and was there to be replayed and changed. */
  readonly captured: Readonly<Record<string, number>>;
  /** What became of them, and of what the servers said themselves meanwhile. */
  readonly refused: Readonly<Record<string, number>>;
  readonly toldAsCounts: number;
  readonly received: number;
  readonly controls: number;
  readonly events: number;
  /** At the start, what it grew by at most while hostile datagrams came in, and at the end. */
  readonly memoryMb: { readonly before: number; readonly growthMost: number; readonly after: number };
  /** What does not hold, a sentence each. */
  readonly problems: readonly string[];
}

/** For each sender at each server its reassembly may hold so much; the rest is what a heap of this size varies by. */
const memoryGrowthMbMax = (limits.partialBytesMax * servers.length) / 1_048_576 + 48;
const nsPerDatagram = 20_000;

export class HostileRun {
  readonly #cluster: QuietCluster;
  readonly #random: RandomState;
  readonly #count: number;
  readonly #rounds: number;
  readonly #kinds = new Map<string, number>();
  readonly #problems: string[] = [];
  #sent = 0;
  #growthMost = 0;
  #memoryBefore = 0;

  constructor(count: number, seed: number, rounds = 10) {
    this.#cluster = new QuietCluster(seed);
    this.#random = { random: seed };
    this.#count = count;
    this.#rounds = rounds;
  }

  /** To be changed by who has the key. */
  get captures(): readonly Capture[] {
    return this.#cluster.captures;
  }

  run(): HostileReport {
    const cluster = this.#cluster;
    stir(cluster, this.#random, 0);
    const before = memoryMb();
    this.#attackWith('every prefix', prefixesOf(cluster.captures, this.#count / 5));
    for (let round = 1; round <= this.#rounds; round += 1) {
      stir(cluster, this.#random, round);
      this.#attack(Math.ceil((this.#count - this.#sent) / (this.#rounds - round + 1)));
    }
    // Everyone still works, and the log is one log.
    stir(cluster, this.#random, 0);
    this.#compareLogs();
    const after = memoryMb();
    for (const id of servers) cluster.stop(id);
    return this.#report({ before, growthMost: this.#growthMost, after });
  }

  #report(memory: HostileReport['memoryMb']): HostileReport {
    const { tally, world, acts, captures } = this.#cluster;
    if (this.#growthMost > memoryGrowthMbMax) this.#problems.push(`Memory grew by ${this.#growthMost} MB.`);
    if (tally.datagrams !== world.delivered)
      this.#problems.push(`${world.delivered} datagrams came in and ${tally.datagrams} were accounted for.`);
    return {
      kinds: Object.fromEntries(this.#kinds),
      captured: Object.fromEntries(countKinds(captures)),
      refused: Object.fromEntries(tally.refused),
      toldAsCounts: tally.aggregated,
      received: tally.received,
      controls: tally.controls,
      events: tally.events,
      memoryMb: memory,
      problems: [...this.#problems, ...acts.failed],
    };
  }

  /** Attacks of all kinds at all servers. */
  #attack(count: number): void {
    const attacks: readonly (readonly [string, Attack])[] = Object.entries({ ...strangerAttacks, ...liarAttacks });
    const cluster = this.#cluster;
    this.#guarded(() => {
      for (let done = 0; done < count;) {
        const [kind, attack] = drawOne(this.#random, attacks);
        const scene: Scene = { random: this.#random, cluster, victim: drawOne(this.#random, servers) };
        const bytes = attack(scene);
        if (bytes === undefined) continue;
        this.#send(kind, bytes, scene.victim);
        done += 1;
      }
    });
  }

  #attackWith(kind: string, datagrams: Iterable<{ readonly to: number; readonly bytes: Uint8Array }>): void {
    this.#guarded(() => {
      for (const { to, bytes } of datagrams) this.#send(kind, bytes, to);
    });
  }

  #send(kind: string, bytes: Uint8Array, victim: number): void {
    const cluster = this.#cluster;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    this.#sent += 1;
    cluster.netNs += nsPerDatagram;
    // A copy: a node may keep parts of what it gets, and captures are used again.
    cluster.world.deliver(Uint8Array.from(bytes), drawAddress(this.#random), addressOf(victim));
    cluster.world.settle();
    if (this.#sent % 50_000 === 0) this.#lookAtMemory();
  }

  /** Nothing that the servers know, write or hand on may change by it, and nothing is thrown. */
  #guarded(attack: () => void): void {
    const { acts } = this.#cluster;
    const states = () => servers.map((id) => structuredClone(this.#cluster.node(id).state));
    const [before, { delivered, written }] = [states(), { ...acts }];
    this.#memoryBefore = memoryMb();
    // What the servers say to hostile datagrams would soon be most of all captures.
    this.#cluster.isCapturing = false;
    try {
      attack();
    } catch (error) {
      this.#problems.push(`Thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    this.#cluster.isCapturing = true;
    this.#lookAtMemory();
    for (const [place, after] of states().entries())
      if (!isDeepStrictEqual(before[place], after))
        this.#problems.push(`The state of server ${servers[place]} changed.`);
    if (acts.delivered !== delivered) this.#problems.push(`${acts.delivered - delivered} messages were delivered.`);
    if (acts.written !== written) this.#problems.push(`${acts.written - written} writes went to a disk.`);
  }

  #lookAtMemory(): void {
    this.#growthMost = Math.max(this.#growthMost, memoryMb() - this.#memoryBefore);
  }

  #compareLogs(): void {
    const cluster = this.#cluster;
    const applied = (id: number): number => cluster.node(id).state.commitIndex;
    const most = Math.max(...servers.map(applied));
    cluster.world.runUntil(() => servers.every((id) => applied(id) >= most), 'the same log everywhere');
    // What the retention of `stir` leaves for certain.
    const read = {
      kind: 'index-range',
      startIndex: most - 2,
      endIndex: most,
      read: 'local',
      includeInternal: true,
    } as const;
    const logs = servers.map((id) => {
      const answer = cluster.ask(id, read);
      if (answer.kind !== 'index-range') return [];
      return answer.entries.map((entry) => ({ ...entry, payload: Buffer.from(entry.payload).toString('hex') }));
    });
    for (const log of logs) if (!isDeepStrictEqual(log, logs[0])) this.#problems.push('The logs are not the same.');
  }
}

function countKinds(captures: readonly Capture[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of captures) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Each length of one datagram of each kind, the shortest of its kind; parts of messages are among them. */
function* prefixesOf(captures: readonly Capture[], countMax: number): Generator<{ to: number; bytes: Uint8Array }> {
  const shortest = new Map<string, Capture>();
  for (const capture of captures) {
    const key = `${capture.kind} ${capture.bytes.length > 20_000 ? 'part' : ''}`;
    const known = shortest.get(key);
    if (known === undefined || known.bytes.length > capture.bytes.length) shortest.set(key, capture);
  }
  let count = 0;
  for (const { to, bytes } of [...shortest.values()].toSorted(
    (left, right) => left.bytes.length - right.bytes.length,
  )) {
    if (count + bytes.length > countMax) return;
    count += bytes.length;
    for (let length = 0; length < bytes.length; length += 1) yield { to, bytes: bytes.subarray(0, length) };
  }
}
