/**
 * Where appends wait for their place in a session: until one is open, and while as many as its window holds have no
 * answer. Opens the session when the first one waits, and another one when it has expired.
 */
import type { ClientAnswer } from '../../shared/client-request.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { Fifo } from './fifo.ts';
import { placeIn, type PendingRequest } from './pending-request.ts';
import { ClientSession } from './session.ts';

export interface AppendGateOptions {
  /** Asks for a session; answered once. */
  readonly open: (done: (result: Result<ClientAnswer>) => void) => void;
  /** Appends may go on now. */
  readonly onOpened: () => void;
  /** The cluster will not give a session: whoever waits is told. */
  readonly onRefused: (failure: Failure) => void;
}

/** Reasons that time may mend. */
const passing: ReadonlySet<Failure['code']> = new Set(['no-leader', 'timed-out', 'not-running', 'overloaded']);

export class AppendGate {
  readonly #options: AppendGateOptions;
  readonly #queue = new Fifo<PendingRequest>();
  #session: ClientSession | null = null;
  #isOpening = false;
  /** Why there is no session yet. */
  lastFailure: Failure | null = null;

  constructor(options: AppendGateOptions) {
    this.#options = options;
  }

  get sessionId(): number | null {
    return this.#session?.id ?? null;
  }

  get isEmpty(): boolean {
    this.#skipAnswered();
    return this.#queue.length === 0;
  }

  push(pending: PendingRequest): void {
    this.#queue.push(pending);
  }

  /** The next append that may go on, with its place in the session; undefined when none may. */
  next(): PendingRequest | undefined {
    if (this.isEmpty) return undefined;
    if (!this.#session) return this.#openSession();
    if (!this.#session.hasRoom) return undefined;
    const pending = this.#queue.first;
    if (!pending) return undefined;
    this.#queue.shift();
    if (pending.request.kind === 'append') placeIn(this.#session, pending, pending.request);
    return pending;
  }

  /** The cluster does not know that session any more: the next append opens another one. */
  onExpired(session: ClientSession): void {
    if (this.#session === session) this.#session = null;
  }

  /** Everyone who waits here, to be told why. */
  *drain(): Iterable<PendingRequest> {
    while (!this.isEmpty) {
      const pending = this.#queue.first;
      this.#queue.shift();
      if (pending) yield pending;
    }
  }

  #skipAnswered(): void {
    while (this.#queue.first?.isAnswered === true) this.#queue.shift();
  }

  #openSession(): undefined {
    if (this.#isOpening) return;
    this.#isOpening = true;
    this.#options.open((result) => this.#onOpened(result));
  }

  #onOpened(result: Result<ClientAnswer>): void {
    this.#isOpening = false;
    if (!result.ok) {
      this.lastFailure = result.failure;
      // When time may mend it, whoever still waits asks again.
      if (passing.has(result.failure.code)) this.#options.onOpened();
      else this.#options.onRefused(result.failure);
    } else if (result.value.kind === 'open-session') {
      this.lastFailure = null;
      this.#session = new ClientSession(result.value.sessionId);
      this.#options.onOpened();
    }
  }
}
