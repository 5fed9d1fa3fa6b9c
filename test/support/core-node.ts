/**
 * One server around the real core: a host of a page that keeps the core's contract (main/raft/contract.ts) with a disk
 * and a timer that the test moves by hand.
 */
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { Timings } from '../../shared/cluster-config.ts';
import type { CoreEvent, TermRun } from '../../shared/event.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type {
  CoreInput,
  Effects,
  OutgoingMessage,
  PersistEffect,
  ProposalOutcome,
  ReadOutcome,
  SendEffect,
} from '../../main/raft/contract.ts';
import { createState, type RaftState } from '../../main/raft/state.ts';
import { step } from '../../main/raft/step.ts';

/** What a power cut leaves. */
export interface Disk {
  boot: number;
  term: number;
  votedFor: NodeId | null;
  log: LogEntry[];
}

export interface CoreNodeOptions {
  readonly id: NodeId;
  readonly voters: readonly NodeId[];
  readonly timings: Timings;
  readonly rulesOff: readonly RuleId[];
  readonly seed: number;
  readonly disk?: Partial<Disk>;
  /** A message leaves this server. */
  readonly send: (from: CoreNode, to: NodeId, message: ConsensusMessage) => void;
}

export class CoreNode {
  readonly id: NodeId;
  readonly disk: Disk;
  /** False: each write is durable at once. True: when `completeWrites` says so. */
  slowDisk = false;
  /** Undefined while the server is down. */
  state: RaftState | undefined;
  /** What can be read of the log, durable or not. */
  log: LogEntry[] = [];
  /** What this life has applied, in order. */
  applied: LogEntry[] = [];
  proposals: ProposalOutcome[] = [];
  reads: ReadOutcome[] = [];
  events: CoreEvent[] = [];
  /** Writes that are not durable yet. */
  writes: PersistEffect[] = [];
  wakeAtNs = Infinity;
  readonly #options: CoreNodeOptions;
  #held: SendEffect[] = [];
  #lastWrite = 0;

  constructor(options: CoreNodeOptions, nowNs: number) {
    this.#options = options;
    this.id = options.id;
    this.disk = { boot: 0, term: 0, votedFor: null, log: [], ...options.disk };
    this.start(nowNs);
  }

  /** A running server's state. */
  get core(): RaftState {
    return required(this.state, `node ${this.id} is down`);
  }

  get role(): 'follower' | 'candidate' | 'leader' | 'down' {
    return this.state?.role.name ?? 'down';
  }

  start(nowNs: number): void {
    assert(this.state === undefined, `node ${this.id} runs already`);
    const { id, voters, timings, rulesOff, seed } = this.#options;
    const { disk } = this;
    disk.boot += 1;
    this.log = [...disk.log];
    this.applied = [];
    this.state = createState(
      {
        id,
        voters,
        timings,
        rulesOff,
        seed: seed + disk.boot * 7_919,
        boot: disk.boot,
        term: disk.term,
        votedFor: disk.votedFor,
        lastIndex: disk.log.length,
        termRuns: termRunsOf(disk.log),
        entrySizes: disk.log.map(entryBytes),
      },
      nowNs,
    );
    this.input({ type: 'deadline-passed' }, nowNs);
  }

  /**
   * A power cut. What was not durable is lost, except that the disk may have got further than it said: the first
   * `wholeWrites` are on it, and of the next one the first `tornParts`: hard state and truncation, then its entries.
   */
  crash(wholeWrites = 0, tornParts = 0): void {
    for (const write of this.writes.slice(0, wholeWrites)) this.#makeDurable(write);
    const torn = this.writes[wholeWrites];
    if (torn && tornParts > 0) this.#makeDurable({ ...torn, entries: torn.entries?.slice(0, tornParts - 1) ?? [] });
    this.state = undefined;
    this.writes = [];
    this.#held = [];
    this.#lastWrite = 0;
    this.proposals = [];
    this.reads = [];
    this.events = [];
    this.wakeAtNs = Infinity;
  }

  /** Hands an input to the core and does what it says, in the order of the contract. */
  input(input: CoreInput, nowNs: number): Effects {
    const effects = step(this.core, input, nowNs);
    if (effects.persist) this.#write(effects.persist);
    for (const send of effects.sends) {
      if (send.after > this.core.persistedWrite) this.#held.push(send);
      else this.#send(send);
    }
    if (effects.apply) this.#apply(effects.apply.from, effects.apply.to);
    this.proposals.push(...effects.proposals);
    this.reads.push(...effects.reads);
    this.events.push(...effects.events);
    this.wakeAtNs = effects.wakeAtNs;
    if (!this.slowDisk) this.completeWrites(nowNs);
    return effects;
  }

  /** The first `count` writes under way become durable. */
  completeWrites(nowNs: number, count = this.writes.length): void {
    const done = this.writes.splice(0, count);
    const last = done.at(-1);
    if (!last) return;
    for (const write of done) this.#makeDurable(write);
    this.input({ type: 'persisted', write: last.write }, nowNs);
    const due = this.#held.filter((send) => send.after <= last.write);
    this.#held = this.#held.filter((send) => send.after > last.write);
    for (const send of due) this.#send(send);
  }

  #write(write: PersistEffect): void {
    this.#lastWrite += 1;
    assert(write.write === this.#lastWrite, `write ${this.#lastWrite} is numbered ${write.write}`);
    if (write.truncateFrom !== undefined) this.log.length = write.truncateFrom - 1;
    for (const entry of write.entries ?? []) {
      assert(entry.index === this.log.length + 1, `entry ${entry.index} can't follow entry ${this.log.length}`);
      this.log.push(entry);
    }
    this.writes.push(write);
  }

  #makeDurable(write: PersistEffect): void {
    if (write.hardState) Object.assign(this.disk, write.hardState);
    if (write.truncateFrom !== undefined) this.disk.log.length = write.truncateFrom - 1;
    this.disk.log.push(...(write.entries ?? []));
  }

  #send({ to, message }: SendEffect): void {
    this.#options.send(this, to, this.#filled(message));
  }

  #filled(message: OutgoingMessage): ConsensusMessage {
    if (message.kind !== 'append-entries') return message;
    const { entryCount, ...fields } = message;
    const entries = this.log.slice(message.prevLogIndex, message.prevLogIndex + entryCount);
    assert(
      entries.length === entryCount,
      `node ${this.id} has not the ${entryCount} entries behind ${message.prevLogIndex}`,
    );
    return { ...fields, entries };
  }

  #apply(from: number, to: number): void {
    assert(from === this.applied.length + 1 && to >= from, `${from} to ${to} is applied behind ${this.applied.length}`);
    assert(to <= this.log.length, `entry ${to} is applied, but the log ends at ${this.log.length}`);
    this.applied.push(...this.log.slice(from - 1, to));
  }
}

/** The terms of a log as the core wants them. */
export function termRunsOf(log: readonly { readonly term: number }[]): TermRun[] {
  return log.flatMap(({ term }, position) =>
    log[position - 1]?.term === term ? [] : [{ term, firstIndex: position + 1 }],
  );
}
