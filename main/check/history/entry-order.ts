/**
 * The one order of all client entries that had their effect: from answered appends, from what reads show and lack, and from what
 * conditions exclude. Whatever is learned of an index is compared with what is known of it.
 */
import type { PayloadDigest } from '../contract.ts';
import { unknownDigest } from '../payload-digest.ts';
import { checkNotLacked, checkSame, tellHalf, tellLack, type Said } from './entry-conflicts.ts';
import type { HistoryBook } from './history-book.ts';
import type { LogicalAppend, Place } from './logical-append.ts';
import { LogPages, rowsPerPage, rowState, type LogPage } from './log-pages.ts';
import { nameOf, type Party } from './party.ts';

export interface EntryOrderOptions {
  /** Pages of the log that are remembered. */
  readonly pagesMax: number;
  readonly book: HistoryBook;
  /** An entry was shown of which nothing was known. */
  readonly onShown: (shown: Said) => void;
  /** What was shown has found its append. */
  readonly onExplained: (index: number, digest: PayloadDigest) => void;
  /** Something speaks of an index of which everything is forgotten. */
  readonly onForgotten: () => void;
}

export class EntryOrder {
  readonly pages: LogPages;
  /** The last of all entries that have a place. */
  readonly reach = { index: 0, term: 0, party: undefined as Party | undefined };
  readonly #options: EntryOrderOptions;
  readonly #book: HistoryBook;

  constructor(options: EntryOrderOptions) {
    this.#options = options;
    this.#book = options.book;
    this.pages = new LogPages(options.pagesMax);
  }

  /** Puts all entries of the append where it stands. */
  place(append: LogicalAppend, place: Place): void {
    append.place = place;
    const { digests, party } = append;
    const { firstIndex, lastIndex, term } = place;
    if (firstIndex < 1 || lastIndex - firstIndex + 1 !== digests.length) {
      const sentence = `The ${nameOf(party)} has ${digests.length} entries and was answered with ${firstIndex} to ${lastIndex}.`;
      return this.#book.report('linearizability', [party], sentence);
    }
    for (let offset = 0; offset < digests.length; offset++) {
      const page = this.pages.take(firstIndex + offset);
      if (page) this.#placeEntry(page, append, place, offset);
      else this.#options.onForgotten();
    }
    if (lastIndex <= this.reach.index) return;
    this.reach.index = lastIndex;
    this.reach.term = term;
    this.reach.party = party;
  }

  /** Whether the append can stand there, as far as is known. */
  fits({ digests }: LogicalAppend, { firstIndex, lastIndex, term }: Place): boolean {
    if (firstIndex < 1) return false;
    return digests.every((digest, offset) => {
      const page = this.pages.find(firstIndex + offset);
      if (!page) return true;
      const row = (firstIndex + offset) % rowsPerPage;
      if (page.state[row] === rowState.placed || (page.none[row] ?? 0) >= lastIndex) return false;
      return page.state[row] === rowState.unknown || (page.term[row] === term && page.digest[row] === digest);
    });
  }

  /** A read, or the log at the end, shows the log up to `appliedIndex`, and this entry in it. */
  show(shown: Said, appliedIndex: number): void {
    const { index, term, digest, by } = shown;
    const page = this.pages.take(index);
    if (!page) return this.#options.onForgotten();
    const row = index % rowsPerPage;
    if (page.state[row] === rowState.unknown) {
      checkNotLacked(page, shown, appliedIndex, this.#book);
      page.state[row] = rowState.shown;
      page.term[row] = term;
      page.digest[row] = digest;
      page.last[row] = appliedIndex;
      page.party[row] = by;
      return this.#options.onShown(shown);
    }
    if (page.term[row] !== term || page.digest[row] !== digest) checkSame(saidAt(page, index), shown, this.#book);
    const last = page.last[row] ?? 0;
    if (last <= appliedIndex) return undefined;
    if (page.state[row] === rowState.placed) return tellHalf(by, index, appliedIndex, page.party[row], this.#book);
    page.last[row] = appliedIndex;
    return undefined;
  }

  /** It shows everything up to `appliedIndex`, or is to stand right behind that, and `index` is not there for it. */
  lack(index: number, appliedIndex: number, by: Party | undefined): void {
    const page = this.pages.take(index);
    if (!page) return this.#options.onForgotten();
    const row = index % rowsPerPage;
    if (page.state[row] !== rowState.unknown && (page.last[row] ?? 0) <= appliedIndex)
      return tellLack(by, saidAt(page, index), this.#book);
    const isLocal = by?.mode === 'local';
    const none = isLocal ? page.noneLocal : page.none;
    if ((none[row] ?? 0) >= appliedIndex) return undefined;
    none[row] = appliedIndex;
    (isLocal ? page.noneLocalBy : page.noneBy)[row] = by;
    return undefined;
  }

  #placeEntry(page: LogPage, append: LogicalAppend, { firstIndex, lastIndex, term }: Place, offset: number): void {
    const { party, inSession, digests } = append;
    const index = firstIndex + offset;
    const row = index % rowsPerPage;
    const digest = digests[offset] ?? unknownDigest;
    const entry: Said = { index, term, digest, by: party };
    if (page.state[row] === rowState.placed) {
      const other = page.party[row];
      const names = [party, other].flatMap((one) => (one ? nameOf(one) : [])).join(' and to ');
      return this.#book.report(
        'linearizability',
        [party, other],
        `Index ${index} was given to ${names}.`,
        'own-term-commit',
      );
    }
    if (page.state[row] === rowState.shown) {
      const shown = saidAt(page, index);
      this.#options.onExplained(index, shown.digest);
      checkSame(entry, shown, this.#book);
      const shownTo = page.last[row] ?? 0;
      if (shownTo < lastIndex) tellHalf(shown.by, index, shownTo, party, this.#book);
    }
    checkNotLacked(page, entry, lastIndex, this.#book);
    page.state[row] = rowState.placed;
    page.inSession[row] = inSession ? 1 : 0;
    page.term[row] = term;
    page.digest[row] = digest;
    page.last[row] = lastIndex;
    page.party[row] = party;
    return undefined;
  }
}

/** What is known to stand at an index of the page. */
export function saidAt(page: LogPage, index: number): Said {
  const row = index % rowsPerPage;
  return { index, term: page.term[row] ?? 0, digest: page.digest[row] ?? unknownDigest, by: page.party[row] };
}
