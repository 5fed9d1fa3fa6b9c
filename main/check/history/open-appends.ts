/** Appends of which it is not known where they stand, if anywhere: those without an answer, and those of unknown outcome. */
import type { PayloadDigest } from '../contract.ts';
import { unknownDigest } from '../payload-digest.ts';
import type { LogicalAppend } from './logical-append.ts';

/** One of the entries of an append. */
export interface Candidate {
  readonly append: LogicalAppend;
  readonly offset: number;
}

const nobody: readonly Candidate[] = [];

export class OpenAppends {
  size = 0;
  /** Linked in the order in which they were asked. */
  #first: LogicalAppend | undefined;
  #last: LogicalAppend | undefined;
  /** Mostly one for a payload: then there is no list. */
  readonly #byDigest = new Map<PayloadDigest, Candidate | Candidate[]>();

  /** The one that was asked first. */
  get first(): LogicalAppend | undefined {
    return this.#first;
  }

  /** When the first of them was asked; `Infinity` when there is none. */
  get earliestNs(): number {
    return this.#first?.invokedNs ?? Infinity;
  }

  /** Those that may have put a payload somewhere, in the order in which they were asked. */
  candidates(digest: PayloadDigest): readonly Candidate[] {
    const found = this.#byDigest.get(digest);
    if (!found) return nobody;
    return Array.isArray(found) ? found : [found];
  }

  /** It was asked now. */
  add(append: LogicalAppend): void {
    if (append.isListed) return;
    append.isListed = true;
    append.before = this.#last;
    if (this.#last) this.#last.after = append;
    else this.#first = append;
    this.#last = append;
    this.size += 1;
    const { digests } = append;
    for (let offset = 0; offset < digests.length; offset++)
      this.#offer(digests[offset] ?? unknownDigest, { append, offset });
  }

  remove(append: LogicalAppend): void {
    if (!append.isListed) return;
    const { before, after } = append;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    append.isListed = false;
    append.before = append.after = undefined;
    this.size -= 1;
    for (const digest of append.digests) this.#withdraw(digest, append);
  }

  #offer(digest: PayloadDigest, candidate: Candidate): void {
    if (digest === unknownDigest) return;
    const others = this.#byDigest.get(digest);
    if (!others) this.#byDigest.set(digest, candidate);
    else if (Array.isArray(others)) others.push(candidate);
    else this.#byDigest.set(digest, [others, candidate]);
  }

  #withdraw(digest: PayloadDigest, append: LogicalAppend): void {
    const candidates = this.#byDigest.get(digest);
    if (!candidates) return;
    if (!Array.isArray(candidates)) {
      if (candidates.append === append) this.#byDigest.delete(digest);
      return;
    }
    // Those that are answered were asked lately, mostly.
    const position = candidates.findLastIndex((candidate) => candidate.append === append);
    if (position >= 0) candidates.splice(position, 1);
    if (candidates.length === 0) this.#byDigest.delete(digest);
  }
}
