/**
 * The life of each request of a client: waits for its place, leaves with others, is sent again or elsewhere when no
 * answer comes, and is answered once. Knows time and network only as they are handed in.
 */
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import { limits, type Address, type Member } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ClientCallReply, NumberedAnswer } from '../../shared/raft-message.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { Clock } from '../ports.ts';
import { whyNotTaken } from './admission.ts';
import { AppendGate } from './append-gate.ts';
import type { Connection } from './connection.ts';
import { Departures } from './departures.ts';
import { DeskTimer } from './desk-timer.ts';
import { failureAtEnd, judgeAnswer } from './judge-answer.ts';
import { Lookout } from './lookout.ts';
import { OpenRequests } from './open-requests.ts';
import { createPending, type PendingRequest } from './pending-request.ts';
import type { ClientStatus, RequestDone } from './raft-client.ts';
import { restMs, RoundTrips } from './round-trips.ts';
import { Servers } from './servers.ts';
import { describeSilence } from './silence.ts';
import { TurnTime } from './turn-time.ts';

export interface DeskOptions {
  readonly clock: Clock;
  readonly connection: Connection;
  readonly servers: readonly Address[];
  /** Appends are sent in a session of this client. */
  readonly sessions: boolean;
}

export class RequestDesk {
  readonly #options: DeskOptions;
  readonly #servers: Servers;
  readonly #roundTrips = new RoundTrips();
  readonly #time: TurnTime;
  readonly #timer: DeskTimer;
  readonly #gate: AppendGate;
  readonly #departures: Departures;
  readonly #lookout: Lookout;
  readonly #open = new OpenRequests();
  #lastNumber = 0;

  constructor(options: DeskOptions) {
    const { clock, connection } = options;
    this.#options = options;
    this.#servers = new Servers(options.servers);
    this.#time = new TurnTime(clock);
    this.#timer = new DeskTimer(clock, () => this.#lookout.check());
    this.#gate = new AppendGate({
      open: (done) => this.#departures.push(this.#enter({ kind: 'open-session' }, limits.requestTimeoutMs, done)),
      onOpened: () => this.#departures.schedule(),
      onRefused: (failure) => {
        for (const pending of this.#gate.drain()) this.#finish(pending, { ok: false, failure });
      },
    });
    this.#departures = new Departures({
      clock,
      time: this.#time,
      connection,
      servers: this.#servers,
      gate: this.#gate,
      roundTrips: this.#roundTrips,
      checkAt: (timeMs) => this.#timer.checkAt(timeMs),
      newNumber: () => this.#newNumber(),
      onOld: (nowMs) => this.#lookout.renew(nowMs),
      onNobody: (nowMs) => this.#lookout.search(nowMs),
    });
    this.#lookout = new Lookout({
      time: this.#time,
      connection,
      servers: this.#servers,
      open: this.#open,
      departures: this.#departures,
      roundTrips: this.#roundTrips,
      timer: this.#timer,
      onExpired: (pending) => this.#expire(pending),
    });
    connection.onServer((server) => this.#onProven(server));
    connection.onMessage((from, reply) => this.#onReply(from, reply));
  }

  /** Answered once, never before this returns. */
  submit(request: ClientRequest, timeoutMs: number, done: RequestDone): void {
    const failure = this.#whyRefused(request, timeoutMs);
    if (failure) return queueMicrotask(() => done({ ok: false, failure }));
    const pending = this.#enter(request, timeoutMs, done);
    const needsSession = this.#options.sessions && request.kind === 'append' && request.session === undefined;
    if (!needsSession) return this.#departures.push(pending);
    this.#gate.push(pending);
    return this.#departures.schedule();
  }

  status(): ClientStatus {
    const { leader } = this.#servers;
    return {
      leader: leader && { id: leader.id, address: leader.address },
      servers: this.#servers.known.map(({ id, address }) => ({ id, address })),
      sessionId: this.#gate.sessionId,
      waiting: this.#open.size,
    };
  }

  /** Everyone who waits is told. */
  close(): void {
    this.#options.connection.close();
    this.#timer.clear();
    for (const pending of this.#open.all()) {
      const failure = failureAtEnd(pending, 'not-running', 'The client was closed before there was an answer');
      this.#finish(pending, { ok: false, failure });
    }
  }

  #whyRefused(request: ClientRequest, timeoutMs: number): Failure | undefined {
    if (this.#options.connection.isClosed) return { code: 'not-running', message: 'This client is closed.' };
    return whyNotTaken(request, timeoutMs, this.#open.size);
  }

  #enter(request: ClientRequest, timeoutMs: number, done: RequestDone): PendingRequest {
    const pending = createPending(this.#newNumber(), request, timeoutMs, this.#time.nowMs, done);
    this.#open.add(pending);
    this.#timer.checkAt(pending.deadlineMs);
    return pending;
  }

  #newNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  #onProven(server: Member): void {
    const { nowMs } = this.#time;
    // It may run anew, or somewhere else: what it was sent before is lost.
    if (this.#servers.onProven(server, nowMs)) this.#lookout.hurry(nowMs, server.id);
    this.#departures.schedule();
  }

  #onReply(from: NodeId, { leader, answers }: ClientCallReply): void {
    const { nowMs } = this.#time;
    const isElsewhere = this.#servers.onHeard(from, leader, nowMs);
    const toMeet = this.#servers.leaderToMeet;
    if (toMeet) this.#options.connection.dial(toMeet);
    let isMeasured = false;
    for (const answer of answers) {
      const pending = this.#open.find(answer.number);
      if (!pending) continue;
      // One of a reply is enough to know how long answers take.
      if (!isMeasured) this.#roundTrips.measured(nowMs - pending.firstSentMs);
      isMeasured = true;
      this.#onAnswer(pending, from, answer, nowMs);
    }
    if (isElsewhere) this.#lookout.hurry(nowMs);
  }

  #onAnswer(pending: PendingRequest, from: NodeId, { result }: NumberedAnswer, nowMs: number): void {
    const { leader } = this.#servers;
    const judgement = judgeAnswer(pending, result, leader !== null && leader.id !== from, nowMs);
    if (judgement === 'final') return this.#finish(pending, result);
    if (judgement === 'elsewhere') return this.#departures.repeat(pending);
    if (!result.ok && result.failure.code === 'not-running') this.#servers.onSilent(from, nowMs);
    pending.phase = 'resting';
    pending.retryAtMs = nowMs + restMs(pending.sends);
    return this.#timer.checkAt(pending.retryAtMs);
  }

  #expire(pending: PendingRequest): void {
    const { code, text } = describeSilence(pending, this.#servers, this.#gate);
    this.#finish(pending, { ok: false, failure: failureAtEnd(pending, code, text) });
  }

  #finish(pending: PendingRequest, result: Result<ClientAnswer>): void {
    const { session, sequence, done } = pending;
    if (!this.#open.remove(pending)) return;
    pending.isAnswered = true;
    session?.release(sequence);
    if (session && !result.ok && result.failure.code === 'session-expired') this.#gate.onExpired(session);
    this.#departures.onAnswered(pending);
    done(result);
  }
}
