/**
 * Conditional appends: one that had its effect met the last client entry that it expected, one that was refused did not. What they
 * say of the log at their time may be of entries that nothing has shown yet.
 */
import type { EntryOrder } from './entry-order.ts';
import { checkRefusal, type Floors } from './floors.ts';
import type { HistoryBook } from './history-book.ts';
import type { HistoryLimits } from './history-limits.ts';
import type { LogicalAppend } from './logical-append.ts';
import { rowsPerPage, rowState } from './log-pages.ts';
import { nameOf, type Party } from './party.ts';
import { PendingClaims, type Claim } from './pending-claims.ts';

export interface ConditionsOptions {
  readonly order: EntryOrder;
  readonly book: HistoryBook;
  readonly limits: Pick<HistoryLimits, 'claimsMax' | 'stretchMax'>;
  /** More than is remembered, or gone through. */
  readonly onTooMany: () => void;
  /** Entries up to here may be of a time before the stream. */
  readonly baseIndex: () => number;
}

interface Position {
  readonly index: number;
  readonly term: number;
}

export class Conditions {
  /** Requests are missing: any entry may be one of theirs. */
  isAnythingPossible = false;
  readonly #options: ConditionsOptions;
  readonly #order: EntryOrder;
  readonly #book: HistoryBook;
  readonly #claims: PendingClaims;

  constructor(options: ConditionsOptions) {
    this.#options = options;
    this.#order = options.order;
    this.#book = options.book;
    this.#claims = new PendingClaims(options.limits.claimsMax);
  }

  /** The append has its place: what it expected is right before it. */
  checkExpectation({ party, expect, place, inSession }: LogicalAppend, atNs: number): void {
    if (!expect || !place) return;
    const { firstIndex } = place;
    const expected = { index: expect.prevLogIndex, term: expect.prevLogTerm };
    const what = `The ${nameOf(party)} expected ${textOf(expected)} and took effect at ${firstIndex}`;
    const isNoPlace = expected.index >= firstIndex || (expected.index === 0 && expected.term !== 0);
    const nearest = this.#order.pages.lastEntry(firstIndex - 1, isNoPlace ? 1 : expected.index + 1);
    if (isNoPlace || nearest > 0) {
      const page = this.#order.pages.find(nearest);
      const row = nearest % rowsPerPage;
      const other = page?.party[row];
      const actual = { index: nearest, term: page?.term[row] ?? 0 };
      // A request that is carried out again finds what its first copy did.
      const isOwn = inSession && other !== undefined && other === party;
      const promise = isOwn ? 'exactly-once' : 'linearizability';
      return this.#book.report(promise, [party, other], `${what} behind ${textOf(actual)}.`);
    }
    this.#exclude(expected.index + 1, firstIndex - 1, firstIndex - 1, party);
    this.#claim(expected, party, atNs, `${what}, and that entry never was the last one.`);
    return undefined;
  }

  /** @param last the last client entry that the answer names */
  checkRefusal({ party, expect, floors }: LogicalAppend, last: Position | undefined, atNs: number): void {
    if (!expect)
      return this.#book.report('linearizability', [party], `The ${nameOf(party)} expected nothing and was refused.`);
    if (!last) return undefined;
    if (last.index === expect.prevLogIndex && last.term === expect.prevLogTerm) {
      const sentence = `The ${nameOf(party)} was refused with what it expected, ${textOf(last)}.`;
      return this.#book.report('linearizability', [party], sentence);
    }
    const sentence = `The ${nameOf(party)} was refused with ${textOf(last)} as the last client entry, and it never was.`;
    if (last.index > 0 || last.term > 0) this.#claim(last, party, atNs, sentence);
    return this.checkOrder(party, last.index, floors);
  }

  /** A refusal stands behind what was answered before it was asked, and before the append behind the entry that it names. */
  checkOrder(party: Party, position: number, floors: Floors): void {
    checkRefusal(party, position, floors, this.#book);
    const shownTo = Math.max(floors.read.position, floors.lease.position);
    this.#exclude(position + 1, shownTo, shownTo, party);
  }

  /** The append has its place: whoever named one of its entries as the last one named its end. */
  meet({ place }: LogicalAppend): void {
    if (!place) return;
    const { firstIndex, lastIndex, term } = place;
    for (let index = firstIndex; index <= lastIndex; index++) {
      for (const claim of this.#claims.take(index) ?? [])
        if (index !== lastIndex || claim.term !== term) this.#deny(claim);
    }
  }

  /** Something that shows everything up to the index lacks it. */
  miss(index: number): void {
    for (const claim of this.#claims.take(index) ?? []) this.#deny(claim);
  }

  /** @param earliestNs when the first of the appends was asked that may still stand anywhere */
  expire(earliestNs: number): void {
    for (const claim of this.#claims.expire(earliestNs) ?? []) {
      const page = this.#order.pages.find(claim.index);
      const row = claim.index % rowsPerPage;
      const isThere = page !== undefined && page.state[row] !== rowState.unknown && page.term[row] === claim.term;
      if (!isThere && !this.isAnythingPossible) this.#deny(claim);
    }
  }

  /** No append that ends at `upTo` or before has entries there. */
  #exclude(from: number, to: number, upTo: number, party: Party): void {
    const first = Math.max(from, this.#options.baseIndex() + 1);
    if (to - first > this.#options.limits.stretchMax) return this.#options.onTooMany();
    for (let index = first; index <= to; index++) {
      this.#order.lack(index, upTo, party);
      this.miss(index);
    }
    return undefined;
  }

  #claim({ index, term }: Position, party: Party, atNs: number, sentence: string): void {
    const claim: Claim = { index, term, party, atNs, sentence, isSettled: false };
    const page = this.#order.pages.find(index);
    const row = index % rowsPerPage;
    const state = page?.state[row] ?? rowState.unknown;
    if (index < 1 && term === 0) return undefined;
    if (page && state !== rowState.unknown) {
      if (page.term[row] !== term) return this.#deny(claim);
      if (state === rowState.placed) return page.last[row] === index ? undefined : this.#deny(claim);
    } else if (page && Math.max(page.none[row] ?? 0, page.noneLocal[row] ?? 0) >= index) {
      return this.#deny(claim);
    } else if (index >= 1 && index <= this.#options.baseIndex()) {
      return undefined;
    }
    if (index < 1) return this.#deny(claim);
    return this.#claims.add(claim) ? undefined : this.#options.onTooMany();
  }

  #deny({ party, index, sentence }: Claim): void {
    const page = this.#order.pages.find(index);
    const row = index % rowsPerPage;
    const there = page?.party[row] ?? page?.noneBy[row] ?? page?.noneLocalBy[row];
    this.#book.report('linearizability', [party, there], sentence);
  }
}

function textOf({ index, term }: Position): string {
  return index === 0 ? 'an empty log' : `entry ${index} of term ${term}`;
}
