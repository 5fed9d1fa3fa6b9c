/**
 * What leaves, when, and where to. Requests of one loop turn leave together; one that is alone leaves as soon as the
 * present callback has ended.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { Clock } from '../ports.ts';
import type { AppendGate } from './append-gate.ts';
import type { Connection } from './connection.ts';
import { Fifo } from './fifo.ts';
import { Outbox } from './outbox.ts';
import { createPending, isLocalRead, timeoutLeftMs, type PendingRequest } from './pending-request.ts';
import type { RoundTrips } from './round-trips.ts';
import type { Servers } from './servers.ts';
import type { TurnTime } from './turn-time.ts';

export interface DeparturesOptions {
  readonly clock: Clock;
  readonly time: TurnTime;
  readonly connection: Connection;
  readonly servers: Servers;
  readonly gate: AppendGate;
  readonly roundTrips: RoundTrips;
  /** Something is due then. */
  readonly checkAt: (timeMs: number) => void;
  readonly newNumber: () => number;
  /** Servers forget this client soon. */
  readonly onOld: (nowMs: number) => void;
  /** Nobody is proven to be there. */
  readonly onNobody: (nowMs: number) => void;
}

const touchMs = limits.clientIdleMs / 3;
/** A sign of life: it costs the server next to nothing, and nobody waits for the answer. */
const sign = { kind: 'index-range', startIndex: 0, endIndex: 0, read: 'local' } as const;
const signTimeoutMs = 1_000;

export class Departures {
  readonly #options: DeparturesOptions;
  readonly #outbox: Outbox;
  /** Those that need no place in a session. */
  readonly #queue = new Fifo<PendingRequest>();
  #again: PendingRequest[] = [];
  #isScheduled = false;
  /** Requests that have left and are not answered, and their bytes. */
  #inFlight = 0;
  #inFlightBytes = 0;

  constructor(options: DeparturesOptions) {
    const { connection, time } = options;
    this.#options = options;
    this.#outbox = new Outbox((to, call) => connection.send(to, call, time.nowMs));
  }

  /** It leaves in its turn. */
  push(pending: PendingRequest): void {
    this.#queue.push(pending);
    this.schedule();
  }

  /** Another copy of it leaves, before everything that is new. */
  repeat(pending: PendingRequest): void {
    pending.retryAtMs = 0;
    this.#again.push(pending);
    this.schedule();
  }

  onAnswered({ sends, bytes }: PendingRequest): void {
    if (sends > 0) {
      this.#inFlight -= 1;
      this.#inFlightBytes -= bytes;
    }
    if (this.#queue.length > 0 || !this.#options.gate.isEmpty) this.schedule();
  }

  /**
   * Whatever may leave does so at the end of the turn. With answers to come it is worth waiting for those that the same
   * turn brings, and for the requests to which they lead; one that is alone would only lose time.
   */
  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    if (this.#inFlight === 0) queueMicrotask(() => this.#flush());
    else this.#options.clock.defer(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    const { time, connection, servers, gate, onNobody, onOld } = this.#options;
    if (connection.isClosed) return;
    const { nowMs } = time;
    if (this.#inFlight === 0 && connection.isOld(nowMs)) onOld(nowMs);
    if (!servers.isAnyProven) return onNobody(nowMs);
    for (const pending of this.#again.splice(0)) if (!pending.isAnswered) this.#leave(pending, nowMs);
    while (this.#inFlightBytes < limits.clientInFlightBytesMax) {
      const pending = this.#takeQueued() ?? gate.next();
      if (!pending) break;
      this.#leave(pending, nowMs);
    }
    this.#outbox.flush();
    this.keepInTouch(nowMs);
  }

  /** Servers that are sent nothing would forget this client, and not listen when they are needed. */
  keepInTouch(nowMs: number): void {
    const { servers, newNumber } = this.#options;
    for (const server of servers.known) {
      if (nowMs - server.usedMs < touchMs) continue;
      server.usedMs = nowMs;
      this.#outbox.add(
        server,
        createPending(newNumber(), sign, signTimeoutMs, nowMs, () => {}),
      );
    }
    this.#outbox.flush();
  }

  #takeQueued(): PendingRequest | undefined {
    for (let pending = this.#queue.first; pending; pending = this.#queue.first) {
      this.#queue.shift();
      if (!pending.isAnswered) return pending;
    }
    return undefined;
  }

  #leave(pending: PendingRequest, nowMs: number): void {
    const { servers, roundTrips, checkAt } = this.#options;
    const server = servers.target(isLocalRead(pending));
    if (!server) return;
    if (pending.sends === 0) {
      this.#inFlight += 1;
      this.#inFlightBytes += pending.bytes;
      pending.firstSentMs = nowMs;
    }
    server.usedMs = nowMs;
    if (pending.target !== server.id) pending.sendsThere = 0;
    pending.phase = 'sent';
    pending.target = server.id;
    pending.sentMs = nowMs;
    pending.retryAtMs = nowMs + roundTrips.retryAfterMs(pending.sendsThere, pending.bytes);
    pending.sendsThere += 1;
    pending.sends += 1;
    pending.openCopies += 1;
    checkAt(pending.retryAtMs);
    pending.timeoutMs = timeoutLeftMs(pending, nowMs);
    this.#outbox.add(server, pending);
  }
}
