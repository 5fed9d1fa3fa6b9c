/**
 * What clients talk to: takes `append` and `indexRange` on any server, brings appends to the leader, and answers only
 * what is committed and applied. Requests wait here for a leader, for a commit, or for a read's confirmation, each
 * until its deadline, and each is answered exactly once.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { AppendRequest, ClientAnswer, ClientRequest, IndexRangeRequest } from '../../shared/client-request.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { ServiceMessage } from '../../shared/raft-message.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { Proposal, ProposalOutcome, ReadOutcome, Ticket } from '../raft/contract.ts';
import { AppendPaths } from './append-paths.ts';
import { checkRequest } from './check-request.ts';
import { ConfirmedReads } from './confirmed-reads.ts';
import { LogStateMachine } from './log-state-machine.ts';
import { readRange } from './range-reader.ts';
import type { ServiceHost } from './service-host.ts';
import { drafts, interrupted, notLeading, overdue, type Asker, type Waiting } from './waiting-request.ts';
import { WaitingRoom } from './waiting-room.ts';

export interface LogServiceOptions {
  readonly host: ServiceHost;
  readonly answer: (requestId: string, result: Result<ClientAnswer>) => void;
  readonly boot: BootId;
  /** The term in which this boot began. */
  readonly recoveredTerm: number;
  /** A forwarded append or an unconfirmed read is sent again after this. */
  readonly retryMs: number;
}

interface Dispatched {
  readonly proposals: readonly Proposal[];
  readonly reads: readonly Ticket[];
  readonly more: boolean;
}

export class LogService {
  readonly machine = new LogStateMachine();
  readonly #options: LogServiceOptions;
  readonly #retryNs: number;
  readonly #room = new WaitingRoom();
  readonly #appends: AppendPaths;
  readonly #reads = new ConfirmedReads();

  constructor(options: LogServiceOptions) {
    const { host, boot, recoveredTerm } = options;
    this.#options = options;
    this.#retryNs = options.retryMs * nanosecondsPerMillisecond;
    this.#appends = new AppendPaths({
      host,
      machine: this.machine,
      boot,
      recoveredTerm,
      retryNs: this.#retryNs,
      take: (from, round, request) => this.#takeForward(from, round, request),
      finish: (waiting, result) => this.#finish(waiting, result),
      tryLater: (waiting) => this.#tryLater(waiting),
      awaitLeader: (waiting) => this.#room.queueAgain(waiting, Infinity),
    });
  }

  /** When `passTime` is due, nanoseconds; Infinity when nothing waits. */
  get nextCheckNs(): number {
    return this.#room.nextCheckNs;
  }

  /** A client's request. It is answered exactly once. */
  request(requestId: string, request: ClientRequest, timeoutMs: number): void {
    const problem = this.#whyRefused(request);
    if (problem) return this.#options.answer(requestId, { ok: false, failure: problem });
    const waiting = this.#wait({ kind: 'client', requestId }, request, timeoutMs);
    if (request.kind === 'index-range' && request.read === 'local') this.#finishRead(waiting, request);
  }

  /** A message of another server's log service. */
  onMessage(from: NodeId, message: ServiceMessage): void {
    this.#appends.onMessage(from, message);
  }

  /**
   * Sends what waits to where it belongs now: proposals and reads for the own core, forwards to another leader. `more`:
   * others could go on as well, in another turn.
   */
  dispatch(self: NodeId, leaderId: NodeId | null, term: number): Dispatched {
    const proposals: Proposal[] = [];
    const reads: Ticket[] = [];
    let sent = 0;
    for (const waiting of this.#room.queued()) {
      const { phase, request, ticket } = waiting;
      if (waiting.asker.kind === 'node' && leaderId !== self) {
        this.#finish(waiting, { ok: false, failure: notLeading });
        continue;
      }
      if (leaderId === null || (phase.name === 'queued' && phase.notBeforeNs > this.#options.host.nowNs())) continue;
      if (sent === limits.requestsPerTurnMax) return { proposals, reads, more: true };
      sent += 1;
      this.#room.unqueue(waiting);
      if (request.kind === 'index-range') {
        waiting.phase = { name: 'reading' };
        reads.push(ticket);
      } else if (leaderId === self) {
        waiting.phase = { name: 'proposing' };
        proposals.push({ ticket, entries: drafts(request) });
      } else {
        this.#room.checkAt(this.#appends.forward(waiting, request, leaderId, term));
      }
    }
    return { proposals, reads, more: false };
  }

  onProposed(outcome: ProposalOutcome): void {
    const waiting = this.#room.find(outcome.ticket);
    if (waiting) this.#appends.onProposed(waiting, outcome);
  }

  onRead(outcome: ReadOutcome): void {
    const waiting = this.#room.find(outcome.ticket);
    if (waiting?.request.kind !== 'index-range') return;
    if (outcome.kind === 'ask-again') this.#tryLater(waiting);
    else if (outcome.readIndex <= this.machine.appliedIndex) this.#finishRead(waiting, waiting.request);
    else this.#reads.add(waiting, waiting.request, outcome.readIndex);
  }

  /** Applies committed entries and answers who waited for them. */
  apply(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.machine.apply(entry);
      this.#appends.onApplied(entry);
    }
    for (const { waiting, request } of this.#reads.takeReady(this.machine.appliedIndex)) {
      this.#finishRead(waiting, request);
    }
  }

  /** Another server leads now: what waited for a leader may go on at once. */
  onLeaderChanged(leaderId: NodeId | null, term: number): void {
    this.#room.hurryQueue();
    this.#appends.onLeaderChanged(leaderId, term);
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

  #takeForward(from: NodeId, round: number, request: AppendRequest): Failure | undefined {
    const problem = this.#whyRefused(request);
    if (!problem) this.#wait({ kind: 'node', node: from, round }, request, limits.requestTimeoutMs);
    return problem;
  }

  #whyRefused(request: ClientRequest): Failure | undefined {
    const problem = checkRequest(request);
    if (problem || !this.#room.isFull) return problem;
    const message = `${limits.waitingRequestsMax} requests wait on this node already. Try again when some are answered.`;
    return { code: 'overloaded', message };
  }

  #wait(asker: Asker, request: ClientRequest, timeoutMs: number): Waiting {
    return this.#room.enter(asker, request, this.#options.host.nowNs() + timeoutMs * nanosecondsPerMillisecond);
  }

  #tryLater(waiting: Waiting): void {
    this.#room.queueAgain(waiting, this.#options.host.nowNs() + this.#retryNs);
  }

  #finishRead(waiting: Waiting, request: IndexRangeRequest): void {
    this.#finish(waiting, { ok: true, value: readRange(this.#options.host.storage, this.machine, request) });
  }

  #finish(waiting: Waiting, result: Result<ClientAnswer>): void {
    if (!this.#room.leave(waiting)) return;
    this.#appends.forget(waiting);
    this.#reads.forget(waiting);
    const { asker } = waiting;
    if (asker.kind === 'client') this.#options.answer(asker.requestId, result);
    else if (!result.ok) this.#appends.reply(asker.node, asker.round, result);
    else if (result.value.kind === 'append')
      this.#appends.reply(asker.node, asker.round, { ok: true, value: result.value });
  }
}
