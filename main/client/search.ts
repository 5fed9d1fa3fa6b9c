/**
 * Greets where servers may be, as long as nobody is known to be there or the leader has not been met. When that is in
 * vain for long, the name of this client may be the reason: a server that has forgotten it listens to it no more.
 */
import { limits, type Address } from '../../shared/cluster-config.ts';
import type { Servers } from './servers.ts';

/** A search that lasts this long goes on under another name; that one lasts twice as long, and so on. */
const vainMinMs = 5_000;
const vainMaxMs = 60_000;

export class Search {
  readonly #servers: Servers;
  readonly #dial: (address: Address) => void;
  #sinceMs = Infinity;
  #vainMs = vainMinMs;
  #nextMs = 0;
  #pauseMs: number = limits.clientRetryMinMs;

  constructor(servers: Servers, dial: (address: Address) => void) {
    this.#servers = servers;
    this.#dial = dial;
  }

  /** Greets them all, unless that was done just now. @returns when it is due again, ms */
  go(nowMs: number): number {
    if (nowMs < this.#nextMs) return this.#nextMs;
    this.#sinceMs = Math.min(this.#sinceMs, nowMs);
    for (const address of this.#servers.addresses) this.#dial(address);
    this.#nextMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(limits.clientRetryMaxMs, this.#pauseMs * 2);
    return this.#nextMs;
  }

  /** Goes on searching if there is somebody to look for. @returns when it is due again, ms; Infinity when there is nobody. */
  check(nowMs: number): number {
    if (this.#servers.leaderToMeet || !this.#servers.isAnyHeard) return this.go(nowMs);
    this.#sinceMs = Infinity;
    this.#vainMs = vainMinMs;
    this.#pauseMs = limits.clientRetryMinMs;
    return Infinity;
  }

  isInVain(nowMs: number): boolean {
    return nowMs - this.#sinceMs >= this.#vainMs;
  }

  /** The client has another name now. */
  begin(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#vainMs = Math.min(vainMaxMs, this.#vainMs * 2);
    this.#nextMs = 0;
    this.#pauseMs = limits.clientRetryMinMs;
  }
}
