/**
 * Judges the clients' history while it happens: what was asked and answered, in the order of time. Everything is compared as soon as
 * it is known; with limits, what falls out of them is lost evidence. README.md has the argument.
 */
import type { HistoryOptions, HistoryVerdict, PromiseVerdict, ReadOperation } from '../contract.ts';
import { historyPromises } from '../../../shared/promises.ts';
import { AppendJudge, isWithin } from './append-judge.ts';
import { Conditions } from './conditions.ts';
import { EntryOrder } from './entry-order.ts';
import { noFloors, raised, type Floors } from './floors.ts';
import type { HistoryBook } from './history-book.ts';
import type { HistoryLimits } from './history-limits.ts';
import { OpenAppends } from './open-appends.ts';
import type { Party } from './party.ts';
import { ReadJudge, type AskedRead } from './read-judge.ts';
import { Unexplained } from './unexplained.ts';

export interface HistoryJudgeOptions {
  readonly limits: HistoryLimits;
  readonly book: HistoryBook;
  /** Whether leases promised nothing at some time in the span, ns. */
  readonly isDrifting: (fromNs: number, toNs: number) => boolean;
}

export class HistoryJudge {
  readonly appends: AppendJudge;
  readonly reads: ReadJudge;
  /** Entries up to here may be of a time before the stream. */
  baseIndex = 0;
  readonly #book: HistoryBook;
  readonly #open = new OpenAppends();
  readonly #order: EntryOrder;
  readonly #unexplained: Unexplained;
  readonly #conditions: Conditions;
  #floors: Floors = noFloors;
  #readsAsked = 0;

  constructor({ limits, book, isDrifting }: HistoryJudgeOptions) {
    this.#book = book;
    const open = this.#open;
    const order = new EntryOrder({
      pagesMax: limits.pagesMax,
      book,
      onShown: (shown) => {
        const isNobodys = open.candidates(shown.digest).length === 0;
        if (!isNobodys || !isWithin(shown.index, this.baseIndex)) unexplained.add(shown, order);
      },
      onExplained: (index, digest) => unexplained.remove(index, digest),
      onForgotten: () => this.loseContents('something speaks of entries further back than is remembered'),
    });
    const unexplained = new Unexplained({
      open,
      book,
      limits,
      bind: (append, place) => this.appends.reveal(append, place),
      onTooMany: () => this.lose('too many entries that no answer explains yet'),
    });
    const conditions = new Conditions({
      order,
      book,
      limits,
      onTooMany: () => this.loseContents('too many conditions that nothing explains yet'),
      baseIndex: () => this.baseIndex,
    });
    const parts = { order, conditions, book, limits, judge: this };
    this.appends = new AppendJudge({ ...parts, open, unexplained });
    this.reads = new ReadJudge({ ...parts, isDrifting });
    this.#order = order;
    this.#unexplained = unexplained;
    this.#conditions = conditions;
  }

  get counts(): HistoryVerdict['counts'] {
    return { ...this.appends.counts, reads: this.#readsAsked };
  }

  /** How far answers reach. */
  get floors(): Floors {
    return this.#floors;
  }

  raise(by: keyof Floors, position: number, party: Party): void {
    this.#floors = raised(this.#floors, by, position, party);
  }

  /** Requests are missing, or what is known of them: what they could explain is not held against anybody. */
  lose(reason: string): void {
    this.#unexplained.isAnythingPossible = true;
    this.#conditions.isAnythingPossible = true;
    for (const promise of historyPromises) this.#book.verdicts.lose(promise, reason);
  }

  /** What stands at some indexes is not compared. */
  loseContents(reason: string): void {
    for (const promise of historyPromises) this.#book.verdicts.lose(promise, reason);
  }

  verdicts(): readonly PromiseVerdict[] {
    return this.#book.verdicts.verdicts();
  }

  askRead(party: Party, range: Pick<ReadOperation, 'mode' | 'startIndex' | 'endIndex'>, invokedNs: number): AskedRead {
    this.#readsAsked += 1;
    return { party, ...range, invokedNs, floors: this.#floors };
  }

  /** No further answers come. */
  finish(finalLog: HistoryOptions['finalLog']): void {
    if (finalLog) this.reads.showEnd(finalLog);
    this.#unexplained.finish(this.#order);
    this.#conditions.expire(this.#open.earliestNs);
    if (finalLog) this.reads.checkEnd(finalLog);
  }
}
