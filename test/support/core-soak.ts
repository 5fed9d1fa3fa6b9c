/**
 * A cluster under random faults: loss, repetition, reordering, cuts, crashes and slow disks, with proposals and reads on
 * top; then an end without faults, in which it must come to agree. Seeds differ in what they do often, so that rare
 * combinations get their turn.
 */
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { drawInteger, type RandomState } from '../../main/raft/random.ts';
import { knownLeader } from '../../main/raft/state.ts';
import { CoreCluster } from './core-cluster.ts';
import { electionExtras } from './core-messages.ts';
import type { CoreNode } from './core-node.ts';

const millisecond = 1_000_000;
/** In a fault-free cluster all must agree within this virtual time. */
const calmMs = 5_000;

export interface SoakResult {
  readonly committed: number;
  readonly leaders: number;
  readonly crashes: number;
  readonly readsConfirmed: number;
}

/**
 * Runs one seed, by default with elections as in Figure 2.
 * @throws when an invariant does not hold, or the cluster does not recover; the message names seed and step.
 */
export function soakCluster(seed: number, size: number, steps: number, rulesOff = electionExtras): SoakResult {
  const soak = new Soak(seed, size, rulesOff);
  let done = 0;
  try {
    for (; done < steps; done++) soak.act();
    return soak.calmDown();
  } catch (error) {
    throw new Error(`seed ${seed}, ${size} nodes, step ${done}: ${String(error)}`, { cause: error });
  }
}

class Soak {
  readonly #cluster: CoreCluster;
  readonly #random: RandomState;
  readonly #actions: (() => void)[];
  readonly #lossPercent: number;
  readonly #repeatPercent: number;
  #crashes = 0;
  #proposed = 0;

  constructor(seed: number, size: number, rulesOff: typeof electionExtras) {
    this.#cluster = new CoreCluster({ size, seed, rulesOff });
    this.#random = { random: seed * 65_537 };
    this.#lossPercent = this.#below(4) * 8;
    this.#repeatPercent = this.#below(4) * 8;
    const times = (count: number, action: () => void): (() => void)[] => Array.from({ length: count }, () => action);
    this.#actions = [
      ...times(40 + this.#below(40), () => this.#deliver()),
      ...times(6 + this.#below(14), () => this.#passTime()),
      ...times(3, () => this.#completeWrites()),
      ...times(this.#below(8), () => this.#propose()),
      ...times(this.#below(4), () => this.#read()),
      ...times(this.#below(2), () => this.#wakeEarly()),
      ...times(this.#below(3), () => this.#crash()),
      ...times(2, () => this.#restart()),
      ...times(this.#below(2), () => this.#cutOff()),
      ...times(1, () => this.#cluster.heal()),
      ...times(this.#below(2), () => this.#changeDisk()),
    ];
  }

  act(): void {
    this.#pick(this.#actions)?.();
  }

  /** Everything works from now on: one leader, one more entry on every server, and the same log everywhere. */
  calmDown(): SoakResult {
    const cluster = this.#cluster;
    cluster.heal();
    for (const node of cluster.all) {
      if (node.role === 'down') cluster.restart(node.id);
      node.slowDisk = false;
      cluster.completeWrites(node.id);
    }
    // Long enough for two heartbeats: whoever follows now has just heard its leader, and does not time out.
    cluster.run(100);
    cluster.run(calmMs, () => this.#leaderOfAll() !== undefined);
    const leader = required(
      this.#leaderOfAll(),
      `no leader of all in ${calmMs} ms: ${cluster.all.map(describe).join('; ')}`,
    );
    const outcome = cluster.propose(leader.id, 'the last entry');
    const read = cluster.read(required(this.#pick(cluster.all), 'a node').id);
    const last = outcome.kind === 'appended' ? outcome.lastIndex : Infinity;
    const agreed = (): boolean =>
      cluster.all.every(({ applied, log }) => applied.length === last && log.length === last);
    cluster.run(calmMs, () => agreed() && cluster.readAnswers.has(read));
    assert(agreed(), `the logs do not converge in ${calmMs} ms: ${cluster.all.map(describe).join('; ')}`);
    assert(leader.role === 'leader', 'without faults the leader stays in office');
    assert(cluster.readAnswers.get(read)?.kind === 'confirmed', 'a read without faults is confirmed');
    return {
      committed: last,
      leaders: cluster.invariants.leaders,
      crashes: this.#crashes,
      readsConfirmed: [...cluster.readAnswers.values()].filter(({ kind }) => kind === 'confirmed').length,
    };
  }

  /** Once all know it in its term, nothing disturbs it any more. */
  #leaderOfAll(): CoreNode | undefined {
    const { all, leader } = this.#cluster;
    const follows = ({ core }: CoreNode): boolean => core.term === leader?.core.term && knownLeader(core) === leader.id;
    return all.every(follows) ? leader : undefined;
  }

  #below(limit: number): number {
    return drawInteger(this.#random, 0, limit - 1);
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items[this.#below(items.length)];
  }

  #running(): CoreNode[] {
    return this.#cluster.all.filter(({ role }) => role !== 'down');
  }

  /** Mostly one that leads, or believes that it does. */
  #someServer(): NodeId | undefined {
    const leaders = this.#cluster.all.filter(({ role }) => role === 'leader');
    return this.#pick(leaders.length > 0 && this.#below(4) > 0 ? leaders : this.#running())?.id;
  }

  /** Mostly the oldest message, sometimes any. It may be lost, and it may come again later. */
  #deliver(): void {
    const { flights } = this.#cluster;
    const position = this.#below(3) > 0 ? 0 : this.#below(flights.length);
    const flight = flights[position];
    if (!flight) return;
    if (this.#below(100) >= this.#repeatPercent) flights.splice(position, 1);
    if (this.#below(100) >= this.#lossPercent) this.#cluster.arrive(flight);
    // A network forgets: without a limit the old would crowd out the new.
    if (flights.length > 200) flights.splice(0, 100);
  }

  #passTime(): void {
    const cluster = this.#cluster;
    const nextNs = Math.min(...this.#running().map(({ wakeAtNs }) => wakeAtNs));
    cluster.nowNs =
      this.#below(3) > 0 && Number.isFinite(nextNs)
        ? Math.max(cluster.nowNs, nextNs)
        : cluster.nowNs + this.#below(40) * millisecond;
    cluster.fireDueTimers();
  }

  #wakeEarly(): void {
    const id = this.#pick(this.#running())?.id;
    if (id !== undefined) this.#cluster.input(id, { type: 'deadline-passed' });
  }

  #completeWrites(): void {
    const node = this.#pick(this.#running());
    if (node) this.#cluster.completeWrites(node.id, 1 + this.#below(node.writes.length));
  }

  #changeDisk(): void {
    const node = this.#pick(this.#cluster.all);
    if (node) node.slowDisk = !node.slowDisk;
  }

  #propose(): void {
    const id = this.#someServer();
    const texts = Array.from({ length: 1 + this.#below(3) }, () => `entry ${++this.#proposed}`);
    if (id !== undefined) this.#cluster.propose(id, ...texts);
  }

  #read(): void {
    const id = this.#someServer();
    if (id !== undefined) this.#cluster.read(id);
  }

  #crash(): void {
    const node = this.#pick(this.#running());
    if (!node) return;
    this.#crashes += 1;
    this.#cluster.crash(node.id, this.#below(3), this.#below(4));
  }

  #restart(): void {
    const node = this.#pick(this.#cluster.all);
    if (node?.role === 'down') this.#cluster.restart(node.id);
  }

  #cutOff(): void {
    const { all } = this.#cluster;
    this.#cluster.isolate(...all.filter(() => this.#below(2) === 0).map(({ id }) => id));
  }
}

function describe({ id, role, log, applied, state }: CoreNode): string {
  return `node ${id} ${role} term ${state?.term} log ${log.map(({ term }) => term).join(',')} applied ${applied.length}`;
}
