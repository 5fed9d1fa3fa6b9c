/** Appends: what became of each, where it stands, and what it says of the log before it. */
import type { AppendOperation } from '../contract.ts';
import type { Conditions } from './conditions.ts';
import type { EntryOrder } from './entry-order.ts';
import { checkAppend, type Floors } from './floors.ts';
import type { HistoryBook } from './history-book.ts';
import type { HistoryLimits } from './history-limits.ts';
import { checkSameAnswer, LogicalAppend, type AppendOutcome, type Place, type Send } from './logical-append.ts';
import type { OpenAppends } from './open-appends.ts';
import { nameOf, type Party } from './party.ts';
import { SessionTable } from './session-table.ts';
import type { Unexplained } from './unexplained.ts';

export interface AppendJudgeOptions {
  readonly limits: HistoryLimits;
  readonly book: HistoryBook;
  readonly open: OpenAppends;
  readonly order: EntryOrder;
  readonly unexplained: Unexplained;
  readonly conditions: Conditions;
  readonly judge: {
    /** How far answers reach. */
    readonly floors: Floors;
    readonly baseIndex: number;
    raise: (by: 'append' | 'refusal', position: number, party: Party) => void;
    lose: (reason: string) => void;
  };
}

export class AppendJudge {
  readonly counts = { appends: 0, unknown: 0, revealed: 0, refused: 0 };
  readonly #options: AppendJudgeOptions;
  readonly #sessions: SessionTable;

  constructor(options: AppendJudgeOptions) {
    this.#options = options;
    this.#sessions = new SessionTable(options.limits.sessionRequestsMax);
  }

  ask(party: Party, request: Pick<AppendOperation, 'digests' | 'expect' | 'session'>, invokedNs: number): Send {
    const { session } = request;
    const known = session && this.#sessions.find(session);
    if (known instanceof LogicalAppend) return this.#askAgain(known, party, invokedNs);
    const append = new LogicalAppend({ party, invokedNs, floors: this.#options.judge.floors }, request);
    const send = append.first;
    this.counts.appends += 1;
    if (known === 'forgotten') {
      this.#options.judge.lose('a request of a session may be one that is not remembered');
      return send;
    }
    if (session) this.#sessions.add(session, append);
    this.#options.open.add(append);
    const { first } = this.#options.open;
    if (this.#options.open.size > this.#options.limits.openMax && first) {
      this.#options.judge.lose('too many appends of unknown outcome to keep in mind');
      this.#options.open.remove(first);
    }
    return send;
  }

  answer(send: Send, outcome: AppendOutcome, completedNs: number): void {
    const { append } = send;
    send.outcome = outcome;
    const wasListed = append.isListed;
    if (outcome.kind === 'ok' || outcome.kind === 'conflict') this.#tell(send, outcome, completedNs);
    else this.#learn(append);
    if (wasListed && !append.isListed) this.#options.unexplained.reviewAll(append, this.#options.order);
    this.#options.conditions.expire(this.#options.open.earliestNs);
  }

  #askAgain(append: LogicalAppend, party: Party, invokedNs: number): Send {
    const send = append.add(party, invokedNs, this.#options.judge.floors);
    if (append.state === 'failed') {
      append.begin();
      this.#options.open.add(append);
    }
    if (append.state === 'failed' || (append.state === 'unknown' && !append.place)) this.#set(append, 'open');
    return send;
  }

  /** The append was answered with what became of it. */
  #tell(send: Send, outcome: Extract<AppendOutcome, { kind: 'ok' | 'conflict' }>, completedNs: number): void {
    const { append, party } = send;
    const { told, place: revealed } = append;
    if (told) {
      checkSameAnswer(told, send, this.#options.book);
      if (append.state !== 'refused' || outcome.kind !== 'ok') return;
    }
    append.told = send;
    append.party = party;
    append.begin();
    this.#options.open.remove(append);
    // The first of its answers may be of a time before the stream.
    if (append.inSession && outcome.kind === 'ok' && isWithin(outcome.lastIndex, this.#options.judge.baseIndex)) return;
    if (revealed) {
      this.counts.revealed -= 1;
      this.#compare(append, revealed, outcome);
    }
    this.#set(append, outcome.kind === 'ok' ? 'ok' : 'refused');
    if (outcome.kind === 'ok') {
      if (!revealed) this.#place(append, outcome, completedNs);
      this.#options.judge.raise('append', outcome.lastIndex, party);
    } else {
      this.counts.refused += 1;
      if (!revealed) this.#options.unexplained.fail(append);
      this.#options.conditions.checkRefusal(append, outcome.last, completedNs);
      if (outcome.last) this.#options.judge.raise('refusal', outcome.last.index, party);
    }
  }

  /** A send of it has failed, or its outcome is not known. */
  #learn(append: LogicalAppend): void {
    const begins = append.begin();
    if (begins === undefined) {
      this.#set(append, 'failed');
      this.#options.open.remove(append);
      this.#options.unexplained.fail(append);
      return;
    }
    const { told, place, party, floors } = append;
    if (begins && place) checkAppend(party, place.lastIndex, floors, this.#options.book);
    if (begins && told?.outcome?.kind === 'conflict' && told.outcome.last)
      this.#options.conditions.checkOrder(party, told.outcome.last.index, floors);
    if (told || place || append.isWaiting) return;
    this.#set(append, 'unknown');
    this.#options.unexplained.reviewAll(append, this.#options.order);
  }

  /** A read shows that an append of unknown outcome had its effect. */
  reveal(append: LogicalAppend, place: Place): void {
    this.counts.revealed += 1;
    this.#options.open.remove(append);
    this.#place(append, place, Infinity);
    this.#options.unexplained.reviewAll(append, this.#options.order);
  }

  #place(append: LogicalAppend, { firstIndex, lastIndex, term }: Place, atNs: number): void {
    this.#options.order.place(append, { firstIndex, lastIndex, term });
    this.#options.conditions.meet(append);
    this.#options.conditions.checkExpectation(append, atNs);
    checkAppend(append.party, lastIndex, append.floors, this.#options.book);
  }

  /** It is answered after a read has shown it. */
  #compare(append: LogicalAppend, { firstIndex }: Place, outcome: AppendOutcome): void {
    if (outcome.kind === 'ok' && outcome.firstIndex === firstIndex) return;
    const what = outcome.kind === 'ok' ? `answered with ${outcome.firstIndex}` : 'refused';
    const sentence = `The ${nameOf(append.party)} had its effect at ${firstIndex}, as was shown, and was ${what}.`;
    this.#options.book.report('exactly-once', [append.party], sentence);
  }

  #set(append: LogicalAppend, state: LogicalAppend['state']): void {
    if (append.state === 'unknown') this.counts.unknown -= 1;
    if (state === 'unknown') this.counts.unknown += 1;
    append.state = state;
  }
}

/** Whether the entry may be of a time before the stream. */
export function isWithin(index: number, baseIndex: number): boolean {
  return index >= 1 && index <= baseIndex;
}
