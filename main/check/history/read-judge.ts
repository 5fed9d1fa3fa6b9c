/** What a read answers is a stretch of the one order: nothing is missing, nothing is too much, and nothing is stale. */
import type { HistoryOptions, ReadOperation, SeenEntry } from '../contract.ts';
import type { Conditions } from './conditions.ts';
import { subjectOf } from './entry-conflicts.ts';
import type { EntryOrder } from './entry-order.ts';
import { checkRead, isStale, type Floors } from './floors.ts';
import type { HistoryBook } from './history-book.ts';
import type { HistoryLimits } from './history-limits.ts';
import { nameOf, promiseOfContents, type Party } from './party.ts';

export interface AskedRead extends Pick<ReadOperation, 'mode' | 'startIndex' | 'endIndex'> {
  readonly party: Party;
  readonly invokedNs: number;
  readonly floors: Floors;
}

interface Shown {
  readonly by: Party | undefined;
  readonly from: number;
  readonly to: number;
  /** Everything up to here had its effect. */
  readonly appliedIndex: number;
  readonly entries: readonly SeenEntry[];
}

export interface ReadJudgeOptions {
  readonly order: EntryOrder;
  readonly conditions: Conditions;
  readonly book: HistoryBook;
  readonly limits: Pick<HistoryLimits, 'stretchMax'>;
  readonly isDrifting: (fromNs: number, toNs: number) => boolean;
  readonly judge: {
    raise: (by: 'read' | 'lease' | 'stale', position: number, party: Party) => void;
    loseContents: (reason: string) => void;
  };
}

type FinalLog = NonNullable<HistoryOptions['finalLog']>;

export class ReadJudge {
  /** Lease reads that were stale while clocks drifted beyond the bound. */
  promiseVoid = 0;
  /** Somebody has asked that entries may be dropped. */
  mayBeCompacted = false;
  readonly #options: ReadJudgeOptions;
  /** The reads that reach furthest. */
  #furthest: { readonly position: number; readonly party: Party } | undefined;
  #furthestLocal: { readonly position: number; readonly party: Party } | undefined;

  constructor(options: ReadJudgeOptions) {
    this.#options = options;
  }

  answer(read: AskedRead, outcome: ReadOperation['outcome'], completedNs: number): void {
    if (outcome.kind === 'compacted') return this.#checkCompacted(read, outcome.firstIndex);
    if (outcome.kind !== 'ok') return undefined;
    const { party, startIndex, endIndex } = read;
    const { appliedIndex, continueAt = Infinity, entries, entryCount } = outcome;
    if (entries) {
      const to = Math.min(endIndex, appliedIndex, continueAt - 1);
      this.#show({ by: party, from: Math.max(1, startIndex), to, appliedIndex, entries });
    } else if (entryCount > 0) {
      this.#options.book.verdicts.lose(promiseOfContents(party), 'what a read has shown is not in the stream');
    }
    return this.#stand(read, appliedIndex, completedNs);
  }

  /** What the log holds at the end. */
  showEnd({ firstIndex: from, lastIndex: to, entries }: FinalLog): void {
    this.#show({ by: undefined, from, to, appliedIndex: to, entries });
  }

  /** Nothing that was shown or answered is lost at the end. */
  checkEnd({ lastIndex }: FinalLog): void {
    const { book, order } = this.#options;
    for (const furthest of [this.#furthest, this.#furthestLocal]) {
      if (!furthest || furthest.position <= lastIndex) continue;
      const { party, position } = furthest;
      const sentence = `The ${nameOf(party)} shows the log up to ${position}, and at the end it reaches ${lastIndex}.`;
      book.report(promiseOfContents(party), [party], sentence, 'persist-before-reply');
    }
    const { index, term, party } = order.reach;
    if (index <= lastIndex) return;
    const sentence = `Entry ${index} of term ${term}${party ? ` (${nameOf(party)})` : ''} is lost: the log ends at ${lastIndex}.`;
    book.report('linearizability', [party], sentence, 'persist-before-reply');
  }

  /** Where it stands among the others. */
  #stand({ party, mode, invokedNs, floors }: AskedRead, position: number, completedNs: number): void {
    const { judge, book, isDrifting } = this.#options;
    if (mode === 'local') {
      if (position > (this.#furthestLocal?.position ?? 0)) this.#furthestLocal = { position, party };
      return judge.raise('stale', position, party);
    }
    if (position > (this.#furthest?.position ?? 0)) this.#furthest = { position, party };
    if (mode === 'lease' && isDrifting(invokedNs, completedNs)) {
      if (isStale(position, floors)) this.promiseVoid += 1;
      return judge.raise('stale', position, party);
    }
    checkRead(party, position, floors, book);
    return judge.raise(mode === 'lease' ? 'lease' : 'read', position, party);
  }

  #show({ by, from, to, appliedIndex, entries }: Shown): void {
    const { order, book } = this.#options;
    let next = from;
    for (const { index, term, digest } of entries) {
      if (index < from || index > to) {
        book.report(promiseOfContents(by), [by], `${subjectOf(by)} shows entry ${index}, outside of ${from} to ${to}.`);
      } else if (index < next) {
        const sentence = `${subjectOf(by)} shows its entries out of order, ${index} among them.`;
        book.report(promiseOfContents(by), [by], sentence);
      } else {
        this.#lack(next, index - 1, appliedIndex, by);
        order.show({ index, term, digest, by }, appliedIndex);
        next = index + 1;
      }
    }
    this.#lack(next, to, appliedIndex, by);
  }

  #lack(from: number, to: number, appliedIndex: number, by: Party | undefined): void {
    const { order, conditions, limits, judge } = this.#options;
    const { stretchMax } = limits;
    let first = from;
    if (to - from >= stretchMax) {
      judge.loseContents('a read has shown nothing of a longer stretch than is gone through');
      first = to - stretchMax + 1;
    }
    for (let index = first; index <= to; index++) {
      order.lack(index, appliedIndex, by);
      conditions.miss(index);
    }
  }

  #checkCompacted({ party, startIndex }: AskedRead, firstIndex: number | undefined): void {
    const { book } = this.#options;
    if (!this.mayBeCompacted) {
      const sentence = `The ${nameOf(party)} was told that entries were dropped, and nobody had asked for that.`;
      book.report(promiseOfContents(party), [party], sentence);
    } else if (firstIndex !== undefined && firstIndex <= Math.max(1, startIndex)) {
      const sentence = `The ${nameOf(party)} from ${startIndex} on was refused, although entries are held from ${firstIndex} on.`;
      book.report(promiseOfContents(party), [party], sentence);
    }
  }
}
