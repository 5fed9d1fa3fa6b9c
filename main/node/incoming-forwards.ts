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
  /** The term that this server leads, or null. */
  readonly leads: () => number | null;
  readonly send: (to: NodeId, reply: ForwardAppendReply) => void;
  readonly take: TakeForward;
}

/** What comes for an older term is answered as after a restart. */
const ledTermsMax = 64;

export class IncomingForwards {
  readonly #options: IncomingForwardsOptions;
  readonly #known = new ForwardedAppends();
  /** The latest terms that this boot has led. */
  #ledTerms: readonly number[] = [];

  constructor(options: IncomingForwardsOptions) {
    this.#options = options;
  }

  /** This server leads `term`. */
  onLeading(term: number): void {
    if (this.#ledTerms.includes(term)) return;
    this.#ledTerms = [...this.#ledTerms, term].slice(-ledTermsMax);
  }

  onMessage(from: NodeId, { term, round, entries, expect, session }: ForwardAppend): void {
    const fate = this.#known.find(from, round);
    if (fate === 'at-work' || fate === 'forgotten') return;
    if (fate) return this.#options.send(from, fate);
    const request: AppendRequest = { kind: 'append', entries, ...(expect && { expect }), ...(session && { session }) };
    const failure = (session ? this.#whyNotNow() : this.#whyNotMeant(term)) ?? this.#options.take(from, round, request);
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
   * loss of office is not appended behind the client's back. Who passes it on has heard this server lead that term: if it
   * was this boot, it knows that it has not taken it; otherwise an earlier one may have, perhaps on another folder, and
   * "nothing was appended" must not be said.
   */
  #whyNotMeant(term: number): Failure | undefined {
    if (this.#options.leads() === term) return undefined;
    if (this.#ledTerms.includes(term)) return notLeading;
    return unknownOutcome('The leader was restarted before it answered.');
  }

  /** What belongs to a session takes effect once, however often and wherever it is appended: any leader may take it. */
  #whyNotNow(): Failure | undefined {
    return this.#options.leads() === null ? notLeading : undefined;
  }
}
