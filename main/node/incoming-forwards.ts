/**
 * Appends that other servers pass on to this one: takes each once, only as the leader that it was meant for, and answers
 * every copy alike.
 */
import type { AppendRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Failure } from '../../shared/result.ts';
import type { ForwardAppend, ForwardAppendReply } from '../../shared/raft-message.ts';
import { ForwardedAppends } from './forwarded-appends.ts';
import { notLeading, unknownOutcome } from './waiting-request.ts';

/** Takes it in, or says why not. What was taken is answered with `reply`. */
export type TakeForward = (from: NodeId, round: number, request: AppendRequest) => Failure | undefined;

export interface IncomingForwardsOptions {
  /** The term in which this boot began. */
  readonly recoveredTerm: number;
  /** The term that this server leads, or null. */
  readonly leads: () => number | null;
  readonly send: (to: NodeId, reply: ForwardAppendReply) => void;
  readonly take: TakeForward;
}

export class IncomingForwards {
  readonly #options: IncomingForwardsOptions;
  readonly #known = new ForwardedAppends();

  constructor(options: IncomingForwardsOptions) {
    this.#options = options;
  }

  onMessage(from: NodeId, { term, round, entries, expect }: ForwardAppend): void {
    const fate = this.#known.find(from, round);
    if (fate === 'at-work' || fate === 'forgotten') return;
    if (fate) return this.#options.send(from, fate);
    const request: AppendRequest = { kind: 'append', entries, ...(expect ? { expect } : {}) };
    const failure = this.#whyNotMeant(term) ?? this.#options.take(from, round, request);
    if (failure) this.reply(from, { kind: 'forward-append-reply', round, failure });
    else this.#known.begin(from, round);
  }

  /** Answers it, now and whenever another copy arrives. */
  reply(to: NodeId, reply: ForwardAppendReply): void {
    this.#known.finish(to, reply.round, reply);
    this.#options.send(to, reply);
  }

  /**
   * A leader takes only what was sent to it as the leader of this very term: a copy that was delayed past a restart or a
   * loss of office is not appended behind the client's back. A boot that began before that term knows that it has not
   * taken it either; a later one does not know what the earlier took, and must not say "nothing was appended".
   */
  #whyNotMeant(term: number): Failure | undefined {
    const { leads, recoveredTerm } = this.#options;
    if (leads() === term) return undefined;
    return term > recoveredTerm ? notLeading : unknownOutcome('The leader was restarted before it answered.');
  }
}
