/**
 * Looks at what waits, from time to time: what is over its deadline is answered, what has no answer for too long is sent
 * again, here or elsewhere, and as long as nobody is there somebody is looked for.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { Connection } from './connection.ts';
import type { Departures } from './departures.ts';
import type { DeskTimer } from './desk-timer.ts';
import type { OpenRequests } from './open-requests.ts';
import { isRepeatable, type PendingRequest } from './pending-request.ts';
import type { RoundTrips } from './round-trips.ts';
import { Search } from './search.ts';
import type { Servers } from './servers.ts';
import type { TurnTime } from './turn-time.ts';

export interface LookoutOptions {
  readonly time: TurnTime;
  readonly connection: Connection;
  readonly servers: Servers;
  readonly open: OpenRequests;
  readonly departures: Departures;
  readonly roundTrips: RoundTrips;
  readonly timer: DeskTimer;
  /** Its deadline has passed. */
  readonly onExpired: (pending: PendingRequest) => void;
}

export class Lookout {
  readonly #options: LookoutOptions;
  readonly #search: Search;

  constructor(options: LookoutOptions) {
    const { servers, connection } = options;
    this.#options = options;
    this.#search = new Search(servers, (address) => connection.dial(address));
  }

  /** Something may be due. */
  check(): void {
    const { time, connection, servers, open, departures, timer, onExpired } = this.#options;
    if (connection.isClosed) return;
    const { nowMs } = time;
    for (const silent of servers.takeSilent(nowMs)) this.hurry(nowMs, silent);
    timer.checkAt(open.check(nowMs, onExpired, (pending) => this.#retry(pending, nowMs)));
    if (open.size === 0) return;
    departures.keepInTouch(nowMs);
    timer.checkAt(this.#search.check(nowMs));
    // Answers to what was sent under the old name are lost with it.
    if (this.#search.isInVain(nowMs) && (!servers.isAnyHeard || open.areRepeatable)) this.renew(nowMs);
  }

  /** Requests belong elsewhere now. @param anewId what was sent to this server is to be sent again, too */
  hurry(nowMs: number, anewId?: NodeId): void {
    const { servers, open, timer } = this.#options;
    timer.checkAt(open.hurry(nowMs, servers.leader?.id, anewId));
  }

  /** Nobody is known to be there. */
  search(nowMs: number): void {
    this.#options.timer.checkAt(this.#search.go(nowMs));
  }

  /** Goes on under a new name, and greets everybody anew. */
  renew(nowMs: number): void {
    const { connection, servers } = this.#options;
    connection.renew(nowMs);
    servers.forget();
    this.#search.begin(nowMs);
    this.search(nowMs);
  }

  #retry(pending: PendingRequest, nowMs: number): void {
    const { connection, servers, departures, roundTrips, timer } = this.#options;
    const { target, phase, sentMs, sendsThere, bytes } = pending;
    const server = phase === 'sent' ? servers.find(target) : undefined;
    if (server) {
      // Late, or lost, or gone: a greeting tells.
      if (server.heardMs <= sentMs && server.silentMs === Infinity) timer.checkAt(servers.ask(server, nowMs));
      connection.dial(server.address);
    }
    if (phase === 'resting' || isRepeatable(pending)) departures.repeat(pending);
    else pending.retryAtMs = nowMs + roundTrips.retryAfterMs(sendsThere, bytes);
  }
}
