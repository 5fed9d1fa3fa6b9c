/**
 * What clients talk to: takes requests on any server, brings appends to the leader, and answers only what is committed
 * and applied. Requests wait here for a leader, for a commit, or for a read's confirmation, each until its deadline, and
 * each is answered exactly once.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { AppendRequest, ClientAnswer, ClientRequest, IndexRangeRequest } from '../../shared/client-request.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { ForwardAppend, ForwardAppendReply } from '../../shared/raft-message.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { LeaderOutcome, ProposalOutcome, ReadOutcome } from '../raft/contract.ts';
import { AppendPaths } from './append-paths.ts';
import { checkRequest } from '../../shared/check-request.ts';
import { ConfirmedReads } from './confirmed-reads.ts';
import { CoreRequests, type Dispatched } from './core-requests.ts';
import { answerAtOnce } from './immediate-answer.ts';
import { answerOfOutcome } from './leader-requests.ts';
import type { LogStateMachine, RequestFate } from './log-state-machine.ts';
import { readRange } from './range-reader.ts';
import type { ServiceHost } from './service-host.ts';
import { interrupted, overdue, type Asker, type ClientAsker, type Waiting } from './waiting-request.ts';
import { WaitingRoom } from './waiting-room.ts';

export interface LogServiceOptions {
  readonly host: ServiceHost;
  readonly machine: LogStateMachine;
  readonly answer: (asker: ClientAsker, result: Result<ClientAnswer>) => void;
  /** Of forwarded appends; see `firstRoundOf`. */
  readonly firstRound: number;
}

export class LogService {
  readonly #options: LogServiceOptions;
  readonly #room = new WaitingRoom();
  readonly #appends: AppendPaths;
  readonly #reads = new ConfirmedReads();

  constructor(options: LogServiceOptions) {
    const { host, firstRound } = options;
    this.#options = options;
    this.#appends = new AppendPaths({
      host,
      firstRound,
      take: (from, round, request) => this.#takeForward(from, round, request),
      finish: (waiting, result) => this.#finish(waiting, result),
      tryLater: (waiting) => this.#tryLater(waiting),
      awaitLeader: (waiting) => this.#room.queueAgain(waiting, Infinity),
    });
  }

  /** True when a request waits here. */
  get isAwaited(): boolean {
    return !this.#room.isEmpty;
  }

  /** When `passTime` is due, nanoseconds; Infinity when nothing waits. */
  get nextCheckNs(): number {
    return this.#room.nextCheckNs;
  }

  /** A client's request. It is answered exactly once. */
  request(asker: ClientAsker, request: ClientRequest, timeoutMs: number): void {
    const problem = this.#whyRefused(request);
    if (problem) return this.#options.answer(asker, { ok: false, failure: problem });
    const waiting = this.#wait(asker, request, timeoutMs);
    if (request.kind === 'index-range' && request.read === 'local') this.#finishRead(waiting, request);
  }

  /** A message of another server's log service. */
  onMessage(from: NodeId, message: ForwardAppend | ForwardAppendReply): void {
    this.#appends.onMessage(from, message);
  }

  /** Sends what waits to where it belongs now: `inputs` for the own core, forwards to another leader. */
  dispatch(self: NodeId, leaderId: NodeId | null, term: number): Dispatched {
    const core = new CoreRequests();
    const nowNs = this.#options.host.nowNs();
    for (const waiting of this.#room.queued()) {
      const { phase, request } = waiting;
      const result = answerAtOnce(waiting, this.#options, self, leaderId);
      if (result) this.#finish(waiting, result);
      else if (leaderId !== null && phase.name === 'queued' && phase.notBeforeNs <= nowNs) {
        if (core.isFull) return { inputs: core.inputs(), more: true };
        this.#room.unqueue(waiting);
        if (request.kind === 'index-range') core.addRead(waiting, request.read === 'lease' ? 'lease' : 'linearizable');
        else if (request.kind !== 'append' || leaderId === self) core.add(waiting, request);
        else this.#room.checkAt(this.#appends.forward(core.counted(waiting), request, leaderId, term));
      }
    }
    return { inputs: core.inputs(), more: false };
  }

  onProposed(outcome: ProposalOutcome): void {
    const waiting = this.#room.find(outcome.ticket);
    if (waiting) this.#appends.onProposed(waiting, outcome);
  }

  onRead(outcome: ReadOutcome): void {
    const waiting = this.#room.find(outcome.ticket);
    if (waiting?.request.kind !== 'index-range') return;
    if (outcome.kind === 'ask-again') this.#tryLater(waiting);
    else if (outcome.readIndex <= this.#options.machine.appliedIndex) this.#finishRead(waiting, waiting.request);
    else this.#reads.add(waiting, waiting.request, outcome.readIndex);
  }

  /** What became of a change of membership or a transfer. */
  onOutcome(outcome: LeaderOutcome): void {
    const waiting = this.#room.find(outcome.ticket);
    const kind = waiting?.request.kind;
    if (!waiting || (kind !== 'change-membership' && kind !== 'transfer-leadership')) return;
    const result = answerOfOutcome(kind, outcome);
    if (result) this.#finish(waiting, result);
    else this.#tryLater(waiting);
  }

  /** The state machine has applied entries: answers who waited for them. `fates`: what it said to each. */
  onApplied(entries: readonly LogEntry[], fates: readonly (RequestFate | undefined)[]): void {
    for (const [position, entry] of entries.entries()) this.#appends.onApplied(entry, fates[position]);
    this.#serveReads();
  }

  /** The state machine goes on from a snapshot. */
  onRestored(snapshot: SnapshotMeta): void {
    this.#appends.onRestored(snapshot);
    this.#serveReads();
  }

  /** Another server leads now: what waited for a leader may go on at once. */
  onLeaderChanged(leaderId: NodeId | null, term: number): void {
    this.#appends.onLeaderChanged(leaderId, term);
    this.#room.hurryQueue();
    this.#room.checkAt(this.#options.host.nowNs());
  }

  /** Answers what is over its deadline, and sends forwarded appends again. */
  passTime(): void {
    const nowNs = this.#options.host.nowNs();
    if (!this.#room.beginCheck(nowNs)) return;
    for (const waiting of this.#room.all()) {
      const { phase, deadlineNs } = waiting;
      if (deadlineNs <= nowNs) {
        this.#finish(waiting, { ok: false, failure: overdue(waiting) });
      } else {
        this.#room.checkAt(deadlineNs);
        if (phase.name === 'queued' && phase.notBeforeNs > nowNs) this.#room.checkAt(phase.notBeforeNs);
        this.#room.checkAt(this.#appends.retry(waiting));
      }
    }
  }

  /** The node closes: everything that waits is answered. */
  stop(): void {
    for (const waiting of this.#room.all()) this.#finish(waiting, { ok: false, failure: interrupted(waiting) });
  }

  #serveReads(): void {
    const ready = this.#reads.takeReady(this.#options.machine.appliedIndex);
    for (const { waiting, request } of ready) this.#finishRead(waiting, request);
  }

  #takeForward(from: NodeId, round: number, request: AppendRequest): Failure | undefined {
    const problem = this.#whyRefused(request);
    if (!problem) this.#wait({ kind: 'node', node: from, round }, request, limits.requestTimeoutMs);
    return problem;
  }

  #whyRefused(request: ClientRequest): Failure | undefined {
    return checkRequest(request) ?? this.#room.whyFull();
  }

  #wait(asker: Asker, request: ClientRequest, timeoutMs: number): Waiting {
    return this.#room.enter(asker, request, this.#options.host.nowNs() + timeoutMs * nanosecondsPerMillisecond);
  }

  #tryLater(waiting: Waiting): void {
    const { host } = this.#options;
    this.#room.queueAgain(waiting, host.nowNs() + host.retryNs());
  }

  #finishRead(waiting: Waiting, request: IndexRangeRequest): void {
    const bytesMax = waiting.asker.kind === 'outside' ? limits.clientRangeBytesMax : limits.rangeBytesMax;
    this.#finish(waiting, readRange(this.#options.host, this.#options.machine, request, bytesMax));
  }

  #finish(waiting: Waiting, result: Result<ClientAnswer>): void {
    if (!this.#room.leave(waiting)) return;
    this.#appends.forget(waiting);
    this.#reads.forget(waiting);
    const { asker } = waiting;
    if (asker.kind !== 'node') this.#options.answer(asker, result);
    else if (!result.ok) this.#appends.reply(asker.node, asker.round, result);
    else if (result.value.kind === 'append')
      this.#appends.reply(asker.node, asker.round, { ok: true, value: result.value });
  }
}
