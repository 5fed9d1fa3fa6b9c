/**
 * The client sessions of the state machine (dissertation §6.3): what became of each client's latest requests, so that
 * one that is repeated takes effect once and gets the first answer. All by the log, so that every server decides alike.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { EventBody } from '../../shared/event.ts';
import { RisingMap } from '../../shared/rising-map.ts';
import type { SessionStamp } from '../../shared/log-entry.ts';

export interface ClientEntryPosition {
  readonly index: number;
  readonly term: number;
}

/** What a session remembers of a request. A refusal is an answer, too. */
export type RequestOutcome =
  | { readonly kind: 'appended'; readonly firstIndex: number; readonly lastIndex: number; readonly term: number }
  | { readonly kind: 'refused'; readonly lastClientEntry: ClientEntryPosition };

/**
 * What the table says of a request: never seen; its outcome; seen and answered so long ago that the client itself has
 * said it will not ask again; or its session is not known (any more).
 */
export type SessionFinding = 'new' | RequestOutcome | 'forgotten' | 'expired';

export interface ClientSession {
  /** Index of the entry that opened it. */
  readonly id: number;
  lowestOpen: number;
  /** Index of the latest entry that used it. */
  lastUsed: number;
  /** By sequence, from `lowestOpen` on: at most `limits.sessionWindowMax`. */
  readonly outcomes: RisingMap<RequestOutcome>;
}

export class ClientSessions {
  readonly #max: number;
  readonly #outcomesMax: number;
  /** Of all sessions. */
  #outcomes = 0;
  /** The last one in `#sessions`; 0 when that is not known. */
  #latestUsed = 0;
  /** In the order of `lastUsed`. */
  readonly #sessions = new Map<number, ClientSession>();

  constructor(max: number = limits.sessionsMax, outcomesMax: number = limits.sessionOutcomesMax) {
    this.#max = max;
    this.#outcomesMax = outcomesMax;
  }

  /** @returns the session that had to go, if one had: the one that was used longest ago. */
  open(index: number): ClientSession[] {
    this.#sessions.set(index, { id: index, lowestOpen: 1, lastUsed: index, outcomes: new RisingMap() });
    this.#latestUsed = index;
    if (this.#sessions.size <= this.#max) return [];
    return this.#expireOldest();
  }

  find({ sessionId, sequence }: SessionStamp): SessionFinding {
    const session = this.#sessions.get(sessionId);
    if (!session) return 'expired';
    if (sequence < session.lowestOpen) return 'forgotten';
    return session.outcomes.get(sequence) ?? 'new';
  }

  /** A request of the session ends at `index`: notes that, and what its client has the answers to. */
  use({ sessionId, lowestOpen }: SessionStamp, index: number): void {
    const session = this.#sessions.get(sessionId);
    if (!session) return;
    session.lastUsed = index;
    if (sessionId !== this.#latestUsed) {
      this.#sessions.delete(sessionId);
      this.#sessions.set(sessionId, session);
      this.#latestUsed = sessionId;
    }
    if (lowestOpen > session.lowestOpen) this.#forgetBelow(session, lowestOpen);
  }

  /** Under load this runs for every request, one number further: going through all outcomes would cost more than the rest. */
  #forgetBelow(session: ClientSession, lowestOpen: number): void {
    const { outcomes, lowestOpen: before } = session;
    const held = outcomes.size;
    session.lowestOpen = lowestOpen;
    if (lowestOpen - before <= held) {
      for (let sequence = before; sequence < lowestOpen; sequence += 1) outcomes.delete(sequence);
    } else {
      for (const sequence of outcomes.keys()) if (sequence < lowestOpen) outcomes.delete(sequence);
    }
    this.#outcomes -= held - outcomes.size;
  }

  /** @returns the sessions that had to go, because all together remember too much: those that were used longest ago. */
  remember({ sessionId, sequence }: SessionStamp, outcome: RequestOutcome): ClientSession[] {
    const session = this.#sessions.get(sessionId);
    // What its client does not ask for again (with rule `client-dedupe` off a late copy takes effect) is not remembered.
    if (!session || sequence < session.lowestOpen) return [];
    if (!session.outcomes.has(sequence)) this.#outcomes += 1;
    session.outcomes.set(sequence, outcome);
    const expired: ClientSession[] = [];
    while (this.#outcomes > this.#outcomesMax && this.#sessions.size > 1) expired.push(...this.#expireOldest());
    return expired;
  }

  /** In the order of their last use, which is the same on every server. */
  list(): readonly ClientSession[] {
    return [...this.#sessions.values()];
  }

  replaceBy(sessions: readonly ClientSession[]): void {
    this.#sessions.clear();
    this.#latestUsed = 0;
    this.#outcomes = 0;
    for (const session of sessions) {
      this.#sessions.set(session.id, session);
      this.#outcomes += session.outcomes.size;
    }
  }

  #expireOldest(): ClientSession[] {
    const [oldest] = this.#sessions.values();
    if (!oldest) return [];
    this.#sessions.delete(oldest.id);
    this.#outcomes -= oldest.outcomes.size;
    return [oldest];
  }
}

/** @param why another one took its place */
export function expiryOf({ id, lastUsed }: ClientSession, why: string): EventBody {
  const reason = `${why}, and this one was used longest ago, at ${lastUsed}`;
  return { type: 'session-expired', sessionId: id, reason };
}
