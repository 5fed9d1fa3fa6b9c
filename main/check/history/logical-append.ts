/**
 * An append as the log knows it: all sends of one request of a session are one append (dissertation §6.3); any other request is
 * one of its own.
 */
import type { AppendOperation, PayloadDigest } from '../contract.ts';
import type { Expectation, SessionStamp } from '../../../shared/log-entry.ts';
import type { Floors } from './floors.ts';
import type { HistoryBook } from './history-book.ts';
import { nameOf, type Party } from './party.ts';

export type AppendOutcome = AppendOperation['outcome'];

/** Where an append stands; both ends included. */
export interface Place {
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
}

export interface Send {
  readonly append: LogicalAppend;
  readonly party: Party;
  readonly invokedNs: number;
  /** Of the moment in which it was asked. */
  readonly floors: Floors;
  /** Undefined while there is no answer. */
  outcome: AppendOutcome | undefined;
}

export class LogicalAppend {
  readonly session: SessionStamp | undefined;
  readonly digests: readonly PayloadDigest[];
  readonly expect: Expectation | undefined;
  /** The first one is made with it; others only where a session asks again. */
  readonly first: Send;
  #others: Send[] | undefined;
  /** The send that speaks for it: the first that was told of its outcome, else the first that may have done it. */
  party: Party;
  /** Of the first send that may have done it. */
  invokedNs: number;
  floors: Floors;
  state: 'open' | 'unknown' | 'ok' | 'refused' | 'failed' = 'open';
  /** Of one that had its effect, as far as is known. */
  place: Place | undefined;
  /** The first send that was answered with what became of it. */
  told: Send | undefined;
  /** Its neighbours in `OpenAppends`. */
  isListed = false;
  before: LogicalAppend | undefined;
  after: LogicalAppend | undefined;

  constructor(
    { party, invokedNs, floors }: Pick<Send, 'party' | 'invokedNs' | 'floors'>,
    { digests, expect, session }: Pick<AppendOperation, 'digests' | 'expect' | 'session'>,
  ) {
    this.session = session;
    this.digests = digests;
    this.expect = expect;
    this.party = party;
    this.invokedNs = invokedNs;
    this.floors = floors;
    this.first = { append: this, party, invokedNs, floors, outcome: undefined };
  }

  /** It is sent again. */
  add(party: Party, invokedNs: number, floors: Floors): Send {
    const send: Send = { append: this, party, invokedNs, floors, outcome: undefined };
    (this.#others ??= []).push(send);
    return send;
  }

  get inSession(): boolean {
    return this.session !== undefined;
  }

  get isWaiting(): boolean {
    return this.first.outcome === undefined || (this.#others?.some(({ outcome }) => outcome === undefined) ?? false);
  }

  /**
   * Begins with the first send that may have done it; what certainly had no effect does not speak for it.
   * @returns whether that is another one than before; undefined when there is none
   */
  begin(): boolean | undefined {
    const first = mayHaveDone(this.first) ? this.first : this.#others?.find(mayHaveDone);
    if (!first) return undefined;
    if (!this.told) this.party = first.party;
    if (first.floors === this.floors && first.invokedNs === this.invokedNs) return false;
    this.invokedNs = first.invokedNs;
    this.floors = first.floors;
    return true;
  }
}

function mayHaveDone({ outcome }: Send): boolean {
  return outcome?.kind !== 'failed';
}

/** Every answer to the same request of a session is the first one. */
export function checkSameAnswer(first: Send, send: Send, book: HistoryBook): void {
  const [left, right] = [answerOf(first), answerOf(send)];
  if (left === right) return;
  const { session } = send.append;
  const request = `request ${session?.sequence} of session ${session?.sessionId}`;
  book.report(
    'exactly-once',
    [send.party, first.party],
    `The same ${request} was answered with ${left} and with ${right} (${nameOf(first.party)}, ${nameOf(send.party)}).`,
  );
}

function answerOf({ outcome }: Send): string {
  if (outcome?.kind === 'ok') return `entries ${outcome.firstIndex} to ${outcome.lastIndex} of term ${outcome.term}`;
  if (outcome?.kind !== 'conflict') return 'nothing';
  return outcome.last ? `a refusal at entry ${outcome.last.index} of term ${outcome.last.term}` : 'a refusal';
}
