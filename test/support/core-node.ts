/**
 * One server around the real core: a host of a page that keeps the core's contract (main/raft/contract.ts) with a disk
 * and a timer that the test moves by hand. Its state machine is the list of the entries that it applied.
 */
import type { Configuration, SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import { rules, type RuleId } from '../../shared/rules.ts';
import type { Timings } from '../../shared/cluster-config.ts';
import type { CoreEvent } from '../../shared/event.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type {
  CoreInput,
  Effects,
  LeaderOutcome,
  ProposalOutcome,
  ReadOutcome,
  SendEffect,
} from '../../main/raft/contract.ts';
import { describeSnapshot } from '../../main/raft/compaction.ts';
import { createState, type RaftState, type Tuning } from '../../main/raft/state.ts';
import { step } from '../../main/raft/step.ts';
import { decodeSnapshot, encodeSnapshot, termRunsOf, type CoreSnapshot, type Disk } from './core-disk.ts';
import { CoreStorage } from './core-storage.ts';

export interface CoreNodeOptions {
  readonly id: NodeId;
  readonly bootstrap: Configuration;
  readonly timings: Timings;
  readonly tuning?: Partial<Tuning>;
  readonly rulesOff: readonly RuleId[];
  readonly seed: number;
  readonly disk?: Partial<Disk>;
  /** A message leaves this server. */
  readonly send: (from: CoreNode, to: NodeId, message: ConsensusMessage) => void;
  /** The core has taken a step, and everything that it asked for is done. */
  readonly afterStep: (node: CoreNode) => void;
}

export class CoreNode extends CoreStorage {
  /** False: each write is durable at once. True: when `completeWrites` says so. */
  slowDisk = false;
  /** Undefined while the server is down. */
  state: RaftState | undefined;
  /** What the state machine has applied, in order, in this life or by way of a snapshot. */
  applied: LogEntry[] = [];
  proposals: ProposalOutcome[] = [];
  reads: ReadOutcome[] = [];
  outcomes: LeaderOutcome[] = [];
  events: CoreEvent[] = [];
  wakeAtNs = Infinity;
  readonly #options: CoreNodeOptions;
  #held: SendEffect[] = [];
  /** A snapshot of its own that is on its way to the disk. */
  #saving: CoreSnapshot | undefined;

  constructor(options: CoreNodeOptions) {
    super(options.id, options.disk);
    this.#options = options;
  }

  /** The core's state. @throws AssertionError while the server is down. */
  get core(): RaftState {
    return required(this.state, `node ${this.id} is down`);
  }

  get role(): 'follower' | 'candidate' | 'leader' | 'down' {
    return this.state?.role.name ?? 'down';
  }

  start(nowNs: number): void {
    assert(this.state === undefined, `node ${this.id} runs already`);
    const { id, bootstrap, timings, tuning, rulesOff, seed } = this.#options;
    const { disk } = this;
    this.open();
    this.applied = disk.snapshot ? decodeSnapshot(disk.snapshot.data) : [];
    const held = disk.log.slice(disk.compacted);
    this.state = createState(
      {
        id,
        storage: disk.storage,
        bootstrap,
        timings,
        ...(tuning ? { tuning } : {}),
        rulesOff,
        seed: seed + disk.boot * 7_919,
        boot: disk.boot,
        term: disk.term,
        votedFor: disk.votedFor,
        snapshot: disk.snapshot?.meta ?? null,
        compacted: { index: disk.compacted, term: disk.log[disk.compacted - 1]?.term ?? 0 },
        lastIndex: disk.log.length,
        termRuns: termRunsOf(held, disk.compacted),
        entrySizes: held.map(entryBytes),
        configurations: held.flatMap(({ index, configuration }) => (configuration ? [{ index, configuration }] : [])),
      },
      nowNs,
    );
    this.input({ type: 'deadline-passed' }, nowNs);
  }

  /** A power cut; see `CoreStorage.powerCut`. */
  crash(wholeWrites = 0, tornParts = 0): void {
    this.powerCut(wholeWrites, tornParts);
    this.state = undefined;
    this.#held = [];
    this.#saving = undefined;
    this.proposals = [];
    this.reads = [];
    this.outcomes = [];
    this.events = [];
    this.wakeAtNs = Infinity;
  }

  /** Its folder is gone while it is down; the next start finds a new one. */
  wipe(): void {
    assert(this.state === undefined, `node ${this.id} runs`);
    this.replaceDisk();
    this.applied = [];
  }

  /** Hands an input to the core and does what it says, in the order of the contract. */
  input(input: CoreInput, nowNs: number): Effects {
    const effects = step(this.core, input, nowNs);
    if (effects.chunk) this.stage(effects.chunk);
    if (effects.persist) this.write(effects.persist);
    for (const send of effects.sends) {
      if (send.after > this.core.persistedWrite) this.#held.push(send);
      else this.#send(send);
    }
    if (effects.restore) this.#restore(effects.restore);
    if (effects.apply) this.#apply(effects.apply.from, effects.apply.to);
    if (effects.compactTo > 0) this.compact(effects.compactTo);
    this.proposals.push(...effects.proposals);
    this.reads.push(...effects.reads);
    this.outcomes.push(...effects.outcomes);
    this.events.push(...effects.events);
    this.wakeAtNs = effects.wakeAtNs;
    this.#checkPromises(effects);
    this.#options.afterStep(this);
    if (!this.slowDisk) this.completeWrites(nowNs);
    return effects;
  }

  /** Rules that only keep a cluster going may be off: then every promise holds all the same. */
  #checkPromises({ events }: Effects): void {
    if (this.core.rulesOff.some((rule) => rules[rule].kind === 'safety')) return;
    const broken = events.find((event) => event.type === 'promise-broken');
    assert(!broken, `node ${this.id}: ${broken?.reason}`);
  }

  /** Saves the state machine as of `index`, by default all that is applied. Nothing happens while another one is being saved. */
  takeSnapshot(nowNs: number, index = this.applied.length): void {
    if (this.#saving || index <= this.compacted) return;
    const data = encodeSnapshot(this.applied.slice(0, index));
    this.#saving = { meta: describeSnapshot(this.core, index, data.length), data };
    if (!this.slowDisk) this.completeWrites(nowNs);
  }

  /** The first `count` writes under way become durable, and with all of them a snapshot that is being saved. */
  completeWrites(nowNs: number, count = this.writes.length): void {
    const done = this.writes.splice(0, count);
    const last = done.at(-1);
    for (const write of done) this.makeDurable(write);
    if (last) {
      this.input({ type: 'persisted', write: last.write }, nowNs);
      const due = this.#held.filter((send) => send.after <= last.write);
      this.#held = this.#held.filter((send) => send.after > last.write);
      for (const send of due) this.#send(send);
    }
    const saved = this.#saving;
    if (!saved || this.writes.length > 0) return;
    this.#saving = undefined;
    if (saved.meta.lastIncludedIndex <= (this.snapshot?.meta.lastIncludedIndex ?? 0)) return;
    this.snapshot = saved;
    this.disk.snapshot = saved;
    this.input({ type: 'snapshot-persisted', snapshot: saved.meta }, nowNs);
  }

  #restore({ lastIncludedIndex }: SnapshotMeta): void {
    this.applied = decodeSnapshot(required(this.snapshot, 'a snapshot was installed').data);
    assert(this.applied.length === lastIncludedIndex, `the snapshot up to ${lastIncludedIndex} is whole`);
  }

  #send({ to, message }: SendEffect): void {
    this.#options.send(this, to, this.filled(message));
  }

  #apply(from: number, to: number): void {
    assert(from === this.applied.length + 1 && to >= from, `${from} to ${to} is applied behind ${this.applied.length}`);
    assert(to <= this.log.length, `entry ${to} is applied, but the log ends at ${this.log.length}`);
    this.applied.push(...this.log.slice(from - 1, to));
  }
}
