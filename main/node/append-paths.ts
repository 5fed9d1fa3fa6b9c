/**
 * The ways of an append from the door to its answer: into the own log on the leader, or passed on to it; and the
 * appends that other servers pass on to this one.
 */
import type { AppendAnswer, AppendRequest } from '../../shared/client-request.ts';
import type { BootId, NodeId } from '../../shared/ids.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { ForwardAppendReply, ServiceMessage } from '../../shared/raft-message.ts';
import type { Result } from '../../shared/result.ts';
import { assertNever, required } from '../../shared/assert.ts';
import type { ProposalOutcome } from '../raft/contract.ts';
import type { LogStateMachine } from './log-state-machine.ts';
import type { ServiceHost } from './service-host.ts';
import { IncomingForwards, type TakeForward } from './incoming-forwards.ts';
import { OutgoingForwards } from './outgoing-forwards.ts';
import { judgeAppend, ProposedAppends } from './proposed-appends.ts';
import { unknownOutcome, type Waiting } from './waiting-request.ts';

export interface AppendPathsOptions {
  readonly host: ServiceHost;
  readonly machine: LogStateMachine;
  readonly boot: BootId;
  /** The term in which this boot began. */
  readonly recoveredTerm: number;
  readonly retryNs: number;
  /** Another server's append comes in. */
  readonly take: TakeForward;
  readonly finish: (waiting: Waiting, result: Result<AppendAnswer>) => void;
  /** Nothing was done about it; it may be sent again. */
  readonly tryLater: (waiting: Waiting) => void;
  /** Nothing was done about it, and nothing will be as long as the same server is known to lead the same term. */
  readonly awaitLeader: (waiting: Waiting) => void;
}

export class AppendPaths {
  readonly #options: AppendPathsOptions;
  readonly #incoming: IncomingForwards;
  readonly #outgoing: OutgoingForwards;
  readonly #proposed = new ProposedAppends();

  constructor(options: AppendPathsOptions) {
    const { host, boot, recoveredTerm, retryNs, take } = options;
    this.#options = options;
    const send = (to: NodeId, message: ServiceMessage): void => host.send(to, message);
    this.#incoming = new IncomingForwards({ recoveredTerm, leads: () => host.leads(), send, take });
    this.#outgoing = new OutgoingForwards({ boot, retryNs, nowNs: () => host.nowNs(), send });
  }

  onMessage(from: NodeId, message: ServiceMessage): void {
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
    if (outcome.kind === 'not-leader') return this.#options.tryLater(waiting);
    const { firstIndex, lastIndex, term } = outcome;
    return this.#proposed.add(waiting, { name: 'proposed', firstIndex, lastIndex, term });
  }

  /** An entry was applied: answers the appends that it decides. */
  onApplied(entry: LogEntry): void {
    const { host, machine, finish } = this.#options;
    const readEntry = (index: number): LogEntry =>
      required(host.storage.readEntries(index, index, 0)[0], `entry ${index} is applied and can be read`);
    for (const waiting of this.#proposed.decidedBy(entry)) {
      if (waiting.phase.name === 'proposed') finish(waiting, judgeAppend(waiting.phase, entry, machine, readEntry));
    }
  }

  onLeaderChanged(leaderId: NodeId | null, term: number): void {
    this.#outgoing.onLeaderChanged(leaderId, term);
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
    const isStillLeader = waiting.phase.retryAtNs !== Infinity;
    if (answer) finish(waiting, { ok: true, value: answer });
    // It did nothing, and says so: another leader may take it.
    else if (failure?.code === 'no-leader' || failure?.code === 'not-running') {
      if (isStillLeader) awaitLeader(waiting);
      else tryLater(waiting);
    } else finish(waiting, { ok: false, failure: failure ?? unknownOutcome('The leader gave no answer.') });
  }
}
