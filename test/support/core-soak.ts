/**
 * A cluster under random faults: loss, repetition, reordering, cuts, crashes and slow disks, with proposals and reads on
 * top, and, if asked for, changes of membership, transfers, snapshots and lost folders; then an end without faults, in
 * which it must come to agree. Seeds differ in what they do often, so that rare combinations get their turn.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { RuleId } from '../../shared/rules.ts';
import { drawInteger, type RandomState } from '../../shared/random.ts';
import { CoreCluster } from './core-cluster.ts';
import { electionExtras } from './core-messages.ts';
import type { CoreNode } from './core-node.ts';
import { calmDown } from './core-soak-calm.ts';
import { SoakMembers } from './core-soak-members.ts';

const millisecond = 1_000_000;

export interface SoakOptions {
  readonly rulesOff?: readonly RuleId[];
  /** Servers that may become members, besides `size` that are. With some, the members change and folders are lost. */
  readonly spares?: number;
}

export interface SoakResult {
  readonly committed: number;
  readonly leaders: number;
  readonly crashes: number;
  readonly readsConfirmed: number;
  readonly changesDone: number;
  readonly transfersDone: number;
  readonly snapshotsInstalled: number;
  readonly wipes: number;
}

/**
 * Runs one seed, by default with elections as in Figure 2.
 * @throws when an invariant does not hold, or the cluster does not recover; the message names seed and step.
 */
export function soakCluster(seed: number, size: number, steps: number, options: SoakOptions = {}): SoakResult {
  const soak = new Soak(seed, size, options);
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
  readonly #members: SoakMembers;
  readonly #random: RandomState;
  readonly #actions: (() => void)[];
  readonly #lossPercent: number;
  readonly #repeatPercent: number;
  #crashes = 0;
  #proposed = 0;

  constructor(seed: number, size: number, { rulesOff = electionExtras, spares = 0 }: SoakOptions) {
    // Small chunks, so that a snapshot takes many messages and is interrupted now and then.
    this.#cluster = new CoreCluster({ size, seed, rulesOff, tuning: { snapshotChunkBytesMax: 300 } });
    for (let id = size; id < size + spares; id++) this.#cluster.add(id);
    this.#random = { random: seed * 65_537 };
    this.#members = new SoakMembers(this.#cluster, this.#random);
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
      ...(spares > 0 ? this.#changes(times) : []),
    ];
  }

  #changes(times: (count: number, action: () => void) => (() => void)[]): (() => void)[] {
    const members = this.#members;
    return [
      ...times(1 + this.#below(3), () => this.#atSomeServer((node) => members.change(node.id))),
      ...times(this.#below(2), () => this.#atSomeServer((node) => members.transfer(node.id))),
      ...times(this.#below(3), () => this.#atSomeServer((node) => members.snapshot(node))),
      ...times(this.#below(2), () => members.wipe()),
    ];
  }

  #atSomeServer(act: (node: CoreNode) => void): void {
    const id = this.#someServer();
    if (id !== undefined) act(this.#cluster.node(id));
  }

  act(): void {
    this.#pick(this.#actions)?.();
  }

  /** Everything works from now on. */
  calmDown(): SoakResult {
    const cluster = this.#cluster;
    const committed = calmDown(cluster, (members) => this.#pick(members)?.id ?? 0);
    const done = [...cluster.outcomes.values()].flatMap((outcome) => (outcome.kind === 'done' ? [outcome] : []));
    const installed = cluster.all.flatMap(({ events }) => events.filter(({ type }) => type === 'snapshot-installed'));
    return {
      committed,
      leaders: cluster.invariants.leaders,
      crashes: this.#crashes,
      readsConfirmed: [...cluster.readAnswers.values()].filter(({ kind }) => kind === 'confirmed').length,
      changesDone: done.filter(({ index }) => index > 0).length,
      transfersDone: done.filter(({ index }) => index === 0).length,
      snapshotsInstalled: installed.length,
      wipes: this.#members.wipes,
    };
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
    const texts = Array.from({ length: 1 + this.#below(3) }, () => `entry ${++this.#proposed}`);
    this.#atSomeServer(({ id }) => this.#cluster.propose(id, ...texts));
  }

  #read(): void {
    this.#atSomeServer(({ id }) => this.#cluster.read(id, this.#proposed % 2 > 0 ? 'lease' : 'linearizable'));
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
    this.#cluster.isolate(...[...this.#cluster.nodes.keys()].filter(() => this.#below(2) === 0));
  }
}
