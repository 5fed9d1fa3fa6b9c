/**
 * Entries that were shown before it is known which append they are of. While appends with the same payload wait for their answers
 * one of them may be the one; when too few are left, something stands in the log that nobody put there.
 */
import type { PayloadDigest } from '../contract.ts';
import { LatestMap } from '../latest-map.ts';
import { subjectOf, type Said } from './entry-conflicts.ts';
import type { EntryOrder } from './entry-order.ts';
import { answeredTo } from './floors.ts';
import type { HistoryBook } from './history-book.ts';
import type { HistoryLimits } from './history-limits.ts';
import { rowsPerPage } from './log-pages.ts';
import type { LogicalAppend, Place } from './logical-append.ts';
import type { Candidate, OpenAppends } from './open-appends.ts';
import { nameOf, type Party } from './party.ts';

export interface UnexplainedOptions {
  readonly open: OpenAppends;
  readonly book: HistoryBook;
  readonly limits: Pick<HistoryLimits, 'sightsMax' | 'failedMax'>;
  /** It is certain that the append stands there. */
  readonly bind: (append: LogicalAppend, place: Place) => void;
  /** Too many of them. */
  readonly onTooMany: () => void;
}

/** Up to so many appends of equal payload it is tried out whether they can explain what was shown. */
const triedMax = 64;
/** How often the log is searched for where a payload stands; by then it is known what goes wrong. */
const searchesMax = 1_000;

export class Unexplained {
  /** Requests are missing: anything may be explained by them. */
  isAnythingPossible = false;
  readonly #options: UnexplainedOptions;
  /** Ascending in index. */
  readonly #byDigest = new Map<PayloadDigest, Said[]>();
  #size = 0;
  #searches = 0;
  /** Appends that certainly had no effect. */
  readonly #failed: LatestMap<LogicalAppend>;

  constructor(options: UnexplainedOptions) {
    this.#options = options;
    this.#failed = new LatestMap(options.limits.failedMax);
  }

  add(shown: Said, order: EntryOrder): void {
    const { digest, index } = shown;
    const sights = this.#byDigest.get(digest) ?? [];
    if (sights.length === 0) this.#byDigest.set(digest, sights);
    sights.splice(sights.findLastIndex((other) => other.index < index) + 1, 0, shown);
    this.#size += 1;
    if (this.#size > this.#options.limits.sightsMax) {
      this.#options.onTooMany();
      this.#byDigest.clear();
      this.#size = 0;
    } else {
      this.review(digest, order);
    }
  }

  /** It has its append now. */
  remove(index: number, digest: PayloadDigest): void {
    const sights = this.#byDigest.get(digest);
    const position = sights?.findIndex((shown) => shown.index === index) ?? -1;
    if (!sights || position < 0) return;
    sights.splice(position, 1);
    this.#size -= 1;
    if (sights.length === 0) this.#byDigest.delete(digest);
  }

  /** The append is known to have no effect. */
  fail(append: LogicalAppend): void {
    for (const digest of append.digests) this.#failed.set(digest, append);
  }

  /** Another append of these payloads has its place, or has no effect. */
  reviewAll(append: LogicalAppend, order: EntryOrder): void {
    if (this.#size === 0) return;
    for (const digest of append.digests) this.review(digest, order);
  }

  review(digest: PayloadDigest, order: EntryOrder): void {
    const sights = this.#byDigest.get(digest);
    if (!sights) return;
    const candidates = this.#options.open.candidates(digest);
    while (sights.length > candidates.length) this.#giveUp(digest, sights.at(-1), order);
    const [sight, candidate] = [sights[0], candidates[0]];
    if (!sight || !candidate) return;
    if (candidates.length === 1 && candidate.append.state === 'unknown') return this.#bind(sight, candidate);
    const isPlain = candidates.length <= triedMax && candidates.every(({ append }) => append.digests.length === 1);
    if (!isPlain) return;
    // Those that were asked later must stand further back: in their orders they fit, or they don't at all.
    const misfit = sights.find(({ index }, at) => {
      const floors = candidates[at]?.append.floors;
      return floors && answeredTo(floors) >= index;
    });
    if (misfit) this.#giveUp(digest, misfit, order);
  }

  /** Nothing is answered any more: what is of unknown outcome had its effect where it was shown. */
  finish(order: EntryOrder): void {
    for (const [digest, sights] of [...this.#byDigest].toSorted(
      ([, [left]], [, [right]]) => indexOf(left) - indexOf(right),
    )) {
      // Binding one takes it out of the list, and its neighbours out of theirs.
      for (const sight of sights.slice()) {
        if (!sights.includes(sight)) continue;
        const candidates = this.#options.open.candidates(digest);
        const candidate = candidates.find((one) => order.fits(one.append, placeOf(sight, one))) ?? candidates[0];
        if (candidate) this.#bind(sight, candidate);
        else this.#giveUp(digest, sight, order);
      }
    }
  }

  #bind(sight: Said, candidate: Candidate): void {
    this.#options.bind(candidate.append, placeOf(sight, candidate));
  }

  #giveUp(digest: PayloadDigest, sight: Said | undefined, order: EntryOrder): void {
    if (!sight) return;
    this.remove(sight.index, digest);
    if (this.isAnythingPossible) return;
    const { index, term, by } = sight;
    this.#searches += 1;
    const placedAt = this.#searches > searchesMax ? 0 : order.pages.findPlaced(digest, index);
    const page = order.pages.find(placedAt);
    const row = placedAt % rowsPerPage;
    const failed = this.#failed.get(digest);
    if (placedAt > 0 && page) {
      const what = `which stands at ${placedAt} already: it took effect twice`;
      this.#tellEffect(sight, page.party[row], page.inSession[row] === 1, what);
    } else if (failed) {
      const what = failed.state === 'refused' ? 'which was refused' : 'which failed and certainly had no effect';
      this.#tellEffect(sight, failed.party, failed.inSession, what);
    } else {
      const sentence = `${subjectOf(by)} shows entry ${index} of term ${term}, which nobody appended.`;
      this.#options.book.report('linearizability', [by], sentence);
    }
  }

  #tellEffect({ index, by }: Said, of: Party | undefined, inSession: boolean, what: string): void {
    const sentence = `${subjectOf(by)} shows at index ${index} an entry of ${of ? nameOf(of) : 'another append'}, ${what}.`;
    this.#options.book.report(inSession ? 'exactly-once' : 'linearizability', [of, by], sentence);
  }
}

function placeOf({ index, term }: Said, { append, offset }: Candidate): Place {
  const firstIndex = index - offset;
  return { firstIndex, lastIndex: firstIndex + append.digests.length - 1, term };
}

function indexOf(said: Said | undefined): number {
  return said?.index ?? 0;
}
