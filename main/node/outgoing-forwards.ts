/**
 * Appends that this server has passed on to the leader. Sent again until they are answered, but only to the same leader
 * in the same term: whether an earlier one took it is not known, and another one would append it a second time. Those of
 * a client session may go to the next leader, since they take effect once.
 */
import type { AppendRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ServiceMessage } from '../../shared/raft-message.ts';
import { isRepeatable, type ForwardedPhase, type Waiting } from './waiting-request.ts';

export interface OutgoingForwardsOptions {
  /** See `firstRoundOf`. */
  readonly firstRound: number;
  readonly retryNs: () => number;
  readonly nowNs: () => number;
  readonly send: (to: NodeId, message: ServiceMessage) => void;
}

export class OutgoingForwards {
  readonly #options: OutgoingForwardsOptions;
  readonly #byRound = new Map<number, Waiting>();
  #nextRound: number;

  constructor(options: OutgoingForwardsOptions) {
    this.#options = options;
    this.#nextRound = options.firstRound;
  }

  /** Passes the append on. @returns when it is due again, nanoseconds. */
  begin(waiting: Waiting, request: AppendRequest, leaderId: NodeId, term: number): number {
    const phase: ForwardedPhase = { name: 'forwarded', leaderId, term, round: this.#nextRound, sends: 0, retryAtNs: 0 };
    this.#nextRound += 1;
    waiting.phase = phase;
    this.#byRound.set(phase.round, waiting);
    return this.#send(phase, request);
  }

  /** Sends it again if it is due. @returns when it is due (again), nanoseconds; Infinity when never. */
  retry(phase: ForwardedPhase, request: AppendRequest): number {
    return phase.retryAtNs <= this.#options.nowNs() ? this.#send(phase, request) : phase.retryAtNs;
  }

  /** The request that a reply of `from` answers; it is not forwarded any more. Undefined for a late or strange reply. */
  takeAnswered(from: NodeId, round: number): Waiting | undefined {
    const waiting = this.#byRound.get(round);
    if (waiting?.phase.name !== 'forwarded' || waiting.phase.leaderId !== from) return undefined;
    this.#byRound.delete(round);
    return waiting;
  }

  /** The client has its answer; a reply that comes later finds nobody. */
  forget(phase: ForwardedPhase): void {
    this.#byRound.delete(phase.round);
  }

  /**
   * What went to another leader, or to this one in an earlier term, is not due again, unless this one turns out to lead
   * that term still; its answer may come in any case.
   * @returns the appends of sessions among them: they are not forwarded any more, and may go elsewhere.
   */
  onLeaderChanged(leaderId: NodeId | null, term: number): readonly Waiting[] {
    const free: Waiting[] = [];
    for (const [round, waiting] of this.#byRound) {
      const { phase } = waiting;
      if (phase.name !== 'forwarded') continue;
      if (phase.leaderId === leaderId && phase.term === term) {
        // It was not heard for a while. What was sent may have been lost in that while.
        if (phase.retryAtNs === Infinity) phase.retryAtNs = this.#options.nowNs();
        continue;
      }
      phase.retryAtNs = Infinity;
      if (!isRepeatable(waiting)) continue;
      this.#byRound.delete(round);
      free.push(waiting);
    }
    return free;
  }

  #send(phase: ForwardedPhase, { entries, expect, session }: AppendRequest): number {
    const { nowNs, retryNs, send } = this.#options;
    // Twice as long each time: when answers are late because there is much to do, repeating makes it more.
    phase.retryAtNs = nowNs() + retryNs() * 2 ** phase.sends;
    phase.sends += 1;
    const { leaderId, term, round } = phase;
    const content = { entries, ...(expect && { expect }), ...(session && { session }) };
    send(leaderId, { kind: 'forward-append', term, round, ...content });
    return phase.retryAtNs;
  }
}
