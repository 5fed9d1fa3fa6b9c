/**
 * Where requests wait: each until it is answered or its deadline passes. Holds who waits, the queue of those that were
 * not sent anywhere yet, and the time of the next look at the clock.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { ClientRequest } from '../../shared/client-request.ts';
import { RisingMap } from '../../shared/rising-map.ts';
import type { Failure } from '../../shared/result.ts';
import type { Ticket } from '../raft/contract.ts';
import type { Asker, Waiting } from './waiting-request.ts';

export class WaitingRoom {
  readonly #byTicket = new RisingMap<Waiting>();
  /** In phase `queued`, by ticket: in order of arrival. */
  readonly #queue = new RisingMap<Waiting>();
  #lastTicket = 0;
  #nextCheckNs = Infinity;

  /** Why nobody else can come in; undefined when somebody can. */
  whyFull(): Failure | undefined {
    if (this.#byTicket.size < limits.waitingRequestsMax) return undefined;
    const message = `${limits.waitingRequestsMax} requests wait on this node already. Try again when some are answered.`;
    return { code: 'overloaded', message };
  }

  get isEmpty(): boolean {
    return this.#byTicket.size === 0;
  }

  /** When the clock is to be looked at again, nanoseconds; Infinity when nothing waits. */
  get nextCheckNs(): number {
    return this.#nextCheckNs;
  }

  enter(asker: Asker, request: ClientRequest, deadlineNs: number): Waiting {
    this.#lastTicket += 1;
    const ticket = this.#lastTicket;
    const waiting: Waiting = {
      ticket,
      asker,
      request,
      deadlineNs,
      phase: { name: 'queued', notBeforeNs: 0 },
      mayTakeEffect: false,
    };
    this.#byTicket.set(ticket, waiting);
    this.#queue.set(ticket, waiting);
    this.checkAt(deadlineNs);
    return waiting;
  }

  find(ticket: Ticket): Waiting | undefined {
    return this.#byTicket.get(ticket);
  }

  /** @returns false when it had left already. */
  leave(waiting: Waiting): boolean {
    // At once: without a leader nobody takes the queue, and its payloads would pile up.
    this.#queue.delete(waiting.ticket);
    return this.#byTicket.delete(waiting.ticket);
  }

  all(): Iterable<Waiting> {
    return this.#byTicket.values();
  }

  /** Back into the queue: nothing came of it so far, and nothing was done. */
  queueAgain(waiting: Waiting, notBeforeNs: number): void {
    waiting.phase = { name: 'queued', notBeforeNs };
    this.#queue.set(waiting.ticket, waiting);
    this.checkAt(notBeforeNs);
  }

  /** Who was not sent anywhere yet, in order of arrival. The queue may be changed while it is gone through. */
  queued(): Iterable<Waiting> {
    return this.#queue.values();
  }

  /** It is on its way; it waits on, but not in the queue. */
  unqueue(waiting: Waiting): void {
    this.#queue.delete(waiting.ticket);
  }

  /** Whatever is queued may go on at once. */
  hurryQueue(): void {
    for (const waiting of this.#queue.values()) waiting.phase = { name: 'queued', notBeforeNs: 0 };
  }

  checkAt(timeNs: number): void {
    this.#nextCheckNs = Math.min(this.#nextCheckNs, timeNs);
  }

  /** True when the check is due; then the next one has to be asked for anew with `checkAt`. */
  beginCheck(nowNs: number): boolean {
    if (nowNs < this.#nextCheckNs) return false;
    this.#nextCheckNs = Infinity;
    return true;
  }
}
