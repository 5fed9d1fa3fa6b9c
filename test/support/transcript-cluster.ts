/**
 * A cluster of real cores (core-cluster.ts) that writes down what each step did: who took it and why, then every event
 * as its readable line, the messages that left, the writes that wait for a slow disk, and the answers.
 */
import { AssertionError } from '../../shared/assert.ts';
import type { CoreEvent, LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { isReply, type ConsensusMessage } from '../../shared/raft-message.ts';
import { logTextOf } from '../../shared/projection/log-line.ts';
import type { CoreInput, PersistEffect, ProposalOutcome } from '../../main/raft/contract.ts';
import { CoreCluster, type CoreClusterOptions } from './core-cluster.ts';
import type { Flight } from './core-network.ts';
import type { CoreNode } from './core-node.ts';
import { inputText, messageText, outcomeText, writeText } from './transcript-words.ts';

const nanosecondsPerMillisecond = 1_000_000;
const roundsPerBoot = 2 ** 32;

export class TranscriptCluster extends CoreCluster {
  /** What there is to read since this was last emptied. */
  lines: string[] = [];
  /** Promises that did not hold since this was last emptied: with a rule off, that may be what is to be shown. */
  broken: string[] = [];
  /** In a long run messages are not listed, and of steps without an event nothing. */
  brief = false;
  readonly #listed = new WeakSet<Flight | PersistEffect>();
  readonly #told = new Set<number>();
  readonly #saidBroken = new Set<string>();
  /** The latest first. */
  readonly #lostFolders = new Map<NodeId, number[]>();
  /** How deep in a step: only the outermost writes it down. */
  #depth = 0;

  constructor(options: CoreClusterOptions) {
    super(options);
    const { invariants } = this;
    const beforeSend = invariants.beforeSend.bind(invariants);
    const afterStep = invariants.afterStep.bind(invariants);
    // What does not hold is written down, and the run goes on: one wants to see what comes of it.
    invariants.beforeSend = (...sending) => this.#attempt(() => beforeSend(...sending));
    invariants.afterStep = (node) => this.#attempt(() => afterStep(node));
    for (const node of this.all) node.events = [];
  }

  override input(id: NodeId, input: CoreInput): void {
    this.#step(this.node(id), this.#headOf(id, input), () => super.input(id, input));
  }

  override propose(id: NodeId, ...texts: string[]): ProposalOutcome {
    const outcome = super.propose(id, ...texts);
    this.lines.push(`    ${outcomeText(outcome)}`);
    return outcome;
  }

  override completeWrites(id: NodeId, count?: number): void {
    const node = this.node(id);
    const done = node.writes.slice(0, count ?? node.writes.length);
    const head = done.map((write) => `node ${id}: its disk has ${writeText(write)}`);
    this.#step(node, head.join('\n') || `node ${id}: its disk has nothing to do`, () =>
      super.completeWrites(id, count),
    );
  }

  override takeSnapshot(id: NodeId, index?: number): void {
    const node = this.node(id);
    const head = `node ${id}: takes a snapshot up to ${index ?? node.applied.length}`;
    this.#step(node, head, () => super.takeSnapshot(id, index));
  }

  override crash(id: NodeId, wholeWrites = 0, tornParts = 0): void {
    const { writes, compacted } = this.node(id);
    const lost = writes.slice(wholeWrites).map((write) => `    loses ${writeText(write)}`);
    super.crash(id, wholeWrites, tornParts);
    const { log } = this.node(id).disk;
    const held = log.length === compacted ? '' : `, its log ends at ${log.length}:${log.at(-1)?.term ?? 0}`;
    this.lines.push(`node ${id} CRASHES${held}`, ...lost);
  }

  override restart(id: NodeId): void {
    const { term, votedFor, log, storage } = this.node(id).disk;
    const vote = votedFor === null ? 'no vote' : `a vote for ${votedFor}`;
    const head = `node ${id} STARTS from folder ${storage} with term ${term}, ${vote}, ${log.length} entries`;
    this.#step(this.node(id), head, () => super.restart(id));
  }

  override wipe(id: NodeId): void {
    this.#lostFolders.set(id, [this.node(id).disk.storage, ...(this.#lostFolders.get(id) ?? [])]);
    super.wipe(id);
    this.lines.push(`node ${id} LOSES ITS FOLDER; the next one is ${this.node(id).disk.storage}`);
  }

  override arrive(flight: Flight): void {
    const { from, to } = flight;
    const isDown = (this.nodes.get(to)?.role ?? 'down') === 'down';
    if (isDown || this.isCut(from, to)) this.#loses(flight, isDown ? `node ${to} is down` : 'the link is cut');
    else super.arrive(flight);
  }

  /** Takes the first messages that fit out of the air, by default all. */
  take(fits: (flight: Flight) => boolean, count = Infinity): Flight[] {
    const taken = this.flights.filter(fits).slice(0, count);
    this.flights = this.flights.filter((flight) => !taken.includes(flight));
    return taken;
  }

  #loses(flight: Flight, why: string): void {
    if (!this.brief) this.lines.push(`${this.describe(flight)}: lost, ${why}`);
  }

  #headOf(id: NodeId, input: CoreInput): string {
    if (input.type === 'deadline-passed') return `node ${id}: its timer fires at ${this.#milliseconds()} ms`;
    if (input.type !== 'message') return `node ${id}: ${inputText(input)}`;
    return this.describe({ from: input.from, to: id, message: input.message });
  }

  #milliseconds(): number {
    return Math.round(this.nowNs / nanosecondsPerMillisecond);
  }

  #step(node: CoreNode, head: string, act: () => void): void {
    this.#depth += 1;
    const before = this.lines.length;
    this.#attempt(act);
    this.#depth -= 1;
    if (this.#depth > 0) return;
    const broken = this.lines.splice(before);
    const happened = [...this.#eventsOf(node), ...this.#newWrites(node), ...broken, ...this.#newAnswers()];
    const sent = this.#newFlights().map(
      ({ from, to, message }) => `→ ${to}: ${this.#describeMessage(from, to, message)}`,
    );
    if (this.brief && happened.length === 0) return;
    const details = this.brief ? happened : [...happened, ...sent];
    this.lines.push(...head.split('\n'), ...details.map((line) => `    ${line}`));
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      // It stays broken: once is enough.
      if (this.#saidBroken.has(error.message)) return;
      this.#saidBroken.add(error.message);
      this.broken.push(error.message);
      this.lines.push(`BROKEN: ${error.message}`);
    }
  }

  #eventsOf(node: CoreNode): string[] {
    const { boot } = node.disk;
    const stamped = (event: CoreEvent): LabEvent => {
      return { node: node.id, boot, sequence: 1, timeNs: this.nowNs, lamport: 1, ...event };
    };
    return node.events.splice(0).map((event) => logTextOf(stamped(event)));
  }

  #newWrites({ slowDisk, writes }: CoreNode): string[] {
    if (!slowDisk) return [];
    return this.#unlisted(writes).map((write) => `disk has yet to make ${writeText(write)}`);
  }

  #newFlights(): Flight[] {
    return this.#unlisted(this.flights);
  }

  #unlisted<Thing extends Flight | PersistEffect>(things: readonly Thing[]): Thing[] {
    const news = things.filter((thing) => !this.#listed.has(thing));
    for (const thing of news) this.#listed.add(thing);
    return news;
  }

  #newAnswers(): string[] {
    const answers = [...this.readAnswers.values(), ...this.outcomes.values()];
    const news = answers.filter(({ ticket }) => !this.#told.has(ticket));
    for (const { ticket } of news) this.#told.add(ticket);
    return news.map(outcomeText);
  }

  /** `1 → 2: PreVote …`. */
  describe({ from, to, message }: Omit<Flight, 'sentNs'>): string {
    return `${from} → ${to}: ${this.#describeMessage(from, to, message)}`;
  }

  /** Calls are numbered from 1 in each life of the caller; see `firstRoundOf` (main/raft/state.ts). */
  #describeMessage(from: NodeId, to: NodeId, message: ConsensusMessage): string {
    const caller = isReply(message.kind) ? to : from;
    const number = message.round % roundsPerBoot;
    const folders = [this.node(caller).disk.storage, ...(this.#lostFolders.get(caller) ?? [])];
    return messageText(message, number - (folders.find((folder) => folder < number) ?? 0));
  }
}
