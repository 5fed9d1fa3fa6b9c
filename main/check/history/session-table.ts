/**
 * The requests of sessions that are remembered: further sends of one are the same append. A client says up to where it has its
 * answers and won't ask again; past a limit what is before that is forgotten, and then whole sessions, those that were not used for
 * the longest time.
 */
import type { SessionStamp } from '../../../shared/log-entry.ts';
import type { LogicalAppend } from './logical-append.ts';

interface Session {
  readonly requests: Map<number, LogicalAppend>;
  /** The client won't ask again for what is below. */
  lowestOpen: number;
  /** What is below may be forgotten. */
  knownFrom: number;
}

export class SessionTable {
  readonly #requestsMax: number;
  readonly #sessions = new Map<number, Session>();
  #requests = 0;
  /** Sessions up to here may be forgotten; ids of sessions rise. */
  #forgottenTo = -1;

  constructor(requestsMax: number) {
    this.#requestsMax = requestsMax;
  }

  /** `forgotten` when it can't be said whether the request was sent before. */
  find({ sessionId, sequence }: SessionStamp): LogicalAppend | 'forgotten' | undefined {
    const session = this.#sessions.get(sessionId);
    if (!session) return sessionId <= this.#forgottenTo ? 'forgotten' : undefined;
    return session.requests.get(sequence) ?? (sequence < session.knownFrom ? 'forgotten' : undefined);
  }

  add({ sessionId, sequence, lowestOpen }: SessionStamp, append: LogicalAppend): void {
    let session = this.#sessions.get(sessionId);
    if (!session) this.#sessions.set(sessionId, (session = { requests: new Map(), lowestOpen: 0, knownFrom: 0 }));
    session.requests.set(sequence, append);
    session.lowestOpen = Math.max(session.lowestOpen, lowestOpen);
    this.#requests += 1;
    if (this.#requests > this.#requestsMax) this.#forget();
  }

  #forget(): void {
    for (const session of this.#sessions.values()) this.#forgetAnswered(session);
    // Half of it, so that this is not done for each request.
    for (const [id, session] of this.#sessions) {
      if (this.#requests * 2 <= this.#requestsMax) return;
      this.#sessions.delete(id);
      this.#requests -= session.requests.size;
      this.#forgottenTo = Math.max(this.#forgottenTo, id);
    }
  }

  #forgetAnswered(session: Session): void {
    for (const [sequence, append] of session.requests) {
      if (sequence >= session.lowestOpen || append.isWaiting) continue;
      session.requests.delete(sequence);
      session.knownFrom = Math.max(session.knownFrom, sequence + 1);
      this.#requests -= 1;
    }
  }
}
