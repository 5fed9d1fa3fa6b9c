/**
 * The ways of a request from the door to its answer: into the own log on the leader, or, for an append, passed on to it;
 * and the appends that other servers pass on to this one.
 */
import type { AppendAnswer, AppendRequest, ClientAnswer } from '../../shared/client-request.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { ForwardAppend, ForwardAppendReply, ServiceMessage } from '../../shared/raft-message.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { assertNever } from '../../shared/assert.ts';
import type { ProposalOutcome } from '../raft/contract.ts';
import type { RequestFate } from './log-state-machine.ts';
import type { ServiceHost } from './service-host.ts';
import { IncomingForwards, type TakeForward } from './incoming-forwards.ts';
import { OutgoingForwards } from './outgoing-forwards.ts';
import { judgeRequest, ProposedRequests } from './proposed-requests.ts';
import { isRepeatable, leftOpen, unknownOutcome, type Waiting } from './waiting-request.ts';

export interface AppendPathsOptions {
  readonly host: ServiceHost;
  /** Of forwarded appends; see `firstRoundOf`. */
  readonly firstRound: number;
  /** Another server's append comes in. */
  readonly take: TakeForward;
  readonly finish: (waiting: Waiting, result: Result<ClientAnswer>) => void;
  /** It may be sent again, after a while. */
  readonly tryLater: (waiting: Waiting) => void;
  /** It may be sent again, but not as long as the same server is known to lead the same term. */
  readonly awaitLeader: (waiting: Waiting) => void;
}

export class AppendPaths {
  readonly #options: AppendPathsOptions;
  readonly #incoming: IncomingForwards;
  readonly #outgoing: OutgoingForwards;
  readonly #proposed = new ProposedRequests();

  constructor(options: AppendPathsOptions) {
    const { host, firstRound, take } = options;
    this.#options = options;
    const send = (to: NodeId, message: ServiceMessage): void => host.send(to, message);
    this.#incoming = new IncomingForwards({ leads: () => host.leads(), send, take });
    this.#outgoing = new OutgoingForwards({
      firstRound,
      retryNs: () => host.retryNs(),
      nowNs: () => host.nowNs(),
      send,
    });
  }

  onMessage(from: NodeId, message: ForwardAppend | ForwardAppendReply): void {
    switch (message.kind) {
      case 'forward-append':
        return this.#incoming.onMessage(from, message);
      case 'forward-append-reply':
        return this.#onReply(from, message);
      default:
        return assertNever(message, 'service message');
    }
  }

  /** Passes it on to another leader. @returns when it is due again, nanoseconds. */
  forward(waiting: Waiting, request: AppendRequest, leaderId: NodeId, term: number): number {
    const { asker } = waiting;
    if (asker.kind === 'client') {
      this.#options.host.emit({ type: 'request-forwarded', requestId: asker.requestId, to: leaderId });
    }
    return this.#outgoing.begin(waiting, request, leaderId, term);
  }

  /** Sends it again if it was passed on and that is due. @returns when it is due (again); Infinity when never. */
  retry({ phase, request }: Waiting): number {
    if (phase.name !== 'forwarded' || request.kind !== 'append') return Infinity;
    return this.#outgoing.retry(phase, request);
  }

  /** The own core has answered. */
  onProposed(waiting: Waiting, outcome: ProposalOutcome): void {
    if (outcome.kind !== 'appended') return this.#options.tryLater(waiting);
    const { firstIndex, lastIndex, term } = outcome;
    return this.#proposed.add(waiting, { name: 'proposed', firstIndex, lastIndex, term });
  }

  /** An entry was applied: answers the requests that it decides. @param fate of the append that ends with it */
  onApplied(entry: Pick<LogEntry, 'index' | 'term'>, fate: RequestFate | undefined): void {
    for (const waiting of this.#proposed.decidedBy(entry)) {
      if (waiting.phase.name !== 'proposed') continue;
      const judgement = judgeRequest(waiting.request, waiting.phase, entry, fate);
      if (judgement.kind === 'decided') this.#options.finish(waiting, judgement.result);
      else this.#giveUpOrRepeat(waiting, judgement.failure);
    }
  }

  /** The state machine has gone past entries that it did not apply one by one. */
  onRestored({ lastIncludedIndex, lastIncludedTerm }: SnapshotMeta): void {
    for (const waiting of this.#proposed.coveredBy(lastIncludedIndex)) {
      waiting.mayTakeEffect = true;
      this.#giveUpOrRepeat(waiting, leftOpen(waiting, 'was passed over by a snapshot of another leader'));
    }
    this.onApplied({ index: lastIncludedIndex, term: lastIncludedTerm }, undefined);
  }

  onLeaderChanged(leaderId: NodeId | null, term: number): void {
    const ledTerm = this.#options.host.leads();
    if (ledTerm !== null) this.#incoming.onLeading(ledTerm);
    for (const waiting of this.#outgoing.onLeaderChanged(leaderId, term)) {
      waiting.mayTakeEffect = true;
      this.#options.tryLater(waiting);
    }
  }

  /** Its asker waits no longer. */
  forget(waiting: Waiting): void {
    const { phase } = waiting;
    if (phase.name === 'forwarded') this.#outgoing.forget(phase);
    if (phase.name === 'proposed') this.#proposed.forget(waiting, phase);
  }

  /** Answers an append that `to` has passed on. */
  reply(to: NodeId, round: number, result: Result<AppendAnswer>): void {
    const outcome = result.ok ? { answer: result.value } : { failure: result.failure };
    this.#incoming.reply(to, { kind: 'forward-append-reply', round, ...outcome });
  }

  #onReply(from: NodeId, { round, answer, failure }: ForwardAppendReply): void {
    const { finish, tryLater, awaitLeader } = this.#options;
    const waiting = this.#outgoing.takeAnswered(from, round);
    if (waiting?.phase.name !== 'forwarded') return;
    if (answer) return finish(waiting, { ok: true, value: answer });
    // It did nothing, and says so: another leader may take it.
    if (failure?.code === 'no-leader' || failure?.code === 'not-running') {
      const isStillLeader = waiting.phase.retryAtNs !== Infinity;
      // What it says holds for this boot of it; an earlier one may have taken a copy.
      waiting.mayTakeEffect ||= isRepeatable(waiting);
      return isStillLeader ? awaitLeader(waiting) : tryLater(waiting);
    }
    const isOpen = failure === undefined || failure.code === 'timed-out';
    waiting.mayTakeEffect ||= isOpen;
    if (isOpen || failure.code === 'leadership-lost')
      return this.#giveUpOrRepeat(waiting, failure ?? unknownOutcome('The leader gave no answer.'));
    return finish(waiting, { ok: false, failure });
  }

  #giveUpOrRepeat(waiting: Waiting, failure: Failure): void {
    this.forget(waiting);
    if (isRepeatable(waiting)) this.#options.tryLater(waiting);
    else this.#options.finish(waiting, { ok: false, failure });
  }
}
