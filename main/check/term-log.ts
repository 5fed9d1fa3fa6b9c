/**
 * A log as far as events tell of it: where terms begin, never an entry. A million entries of one term cost two numbers.
 * Positions up to `baseIndex` are in a snapshot.
 */
import type { TermRun } from '../../shared/event.ts';

export class TermLog {
  /** The entry before the first that is known; (0, 0) for a log from the start. */
  baseIndex = 0;
  /** -1 where it is not known. */
  baseTerm = 0;
  lastIndex = 0;
  #terms: number[] = [];
  #firsts: number[] = [];

  /** @param runs ascending; the first begins at `baseIndex` + 1 unless the log is empty */
  static from(baseIndex: number, baseTerm: number, runs: readonly TermRun[], lastIndex: number): TermLog {
    const log = new TermLog();
    log.restart(baseIndex, baseTerm);
    for (const [position, { term, firstIndex }] of runs.entries()) {
      log.append(firstIndex, (runs[position + 1]?.firstIndex ?? lastIndex + 1) - 1, term);
    }
    log.lastIndex = Math.max(lastIndex, baseIndex);
    return log;
  }

  /** How many runs of equal terms it has. */
  get runCount(): number {
    return this.#terms.length;
  }

  /** Of the last entry, or of the base. */
  get lastTerm(): number {
    return this.#terms.length > 0 ? (this.#terms[this.#terms.length - 1] ?? -1) : this.baseTerm;
  }

  /** Undefined before the base, behind the end, and where it is not known. */
  termAt(index: number): number | undefined {
    if (index > this.lastIndex || index < this.baseIndex) return undefined;
    if (index === this.baseIndex) return this.baseTerm < 0 ? undefined : this.baseTerm;
    return this.#terms[this.#positionOf(index)];
  }

  /** True when the entry is there or in the snapshot before it. */
  holds(index: number, term: number): boolean {
    if (index < this.baseIndex) return true;
    return (this.termAt(index) ?? (index === this.baseIndex ? term : -1)) === term;
  }

  /** Entries of one term behind the last one. */
  append(firstIndex: number, lastIndex: number, term: number): void {
    if (this.#terms.length === 0 || this.#terms[this.#terms.length - 1] !== term) {
      this.#terms.push(term);
      this.#firsts.push(firstIndex);
    }
    this.lastIndex = lastIndex;
  }

  /** Removes `fromIndex` and everything behind it. */
  truncate(fromIndex: number): void {
    this.lastIndex = Math.max(this.baseIndex, Math.min(this.lastIndex, fromIndex - 1));
    while ((this.#firsts[this.#firsts.length - 1] ?? 0) >= fromIndex) {
      this.#firsts.pop();
      this.#terms.pop();
    }
  }

  /** Forgets what is up to `index`; it is in a snapshot. */
  compact(index: number): void {
    if (index <= this.baseIndex) return;
    if (index >= this.lastIndex) return this.restart(index, this.termAt(index) ?? -1);
    this.baseTerm = this.termAt(index) ?? -1;
    this.baseIndex = index;
    const kept = this.#positionOf(index + 1);
    this.#terms = this.#terms.slice(kept);
    this.#firsts = this.#firsts.slice(kept);
    this.#firsts[0] = index + 1;
  }

  /** Forgets everything: the log goes on behind this entry. */
  restart(index: number, term: number): void {
    this.baseIndex = index;
    this.baseTerm = term;
    this.lastIndex = index;
    this.#terms = [];
    this.#firsts = [];
  }

  /**
   * Each run of one term within `from` to `to`, both included; stops when `visit` answers false. What lies before the base is left out.
   */
  visitRuns(from: number, to: number, visit: (term: number, first: number, last: number) => boolean): void {
    const end = Math.min(to, this.lastIndex);
    let first = Math.max(from, this.baseIndex + 1);
    for (let position = this.#positionOf(first); first <= end; position++) {
      const last = Math.min(end, (this.#firsts[position + 1] ?? Infinity) - 1);
      if (!visit(this.#terms[position] ?? -1, first, last)) return;
      first = last + 1;
    }
  }

  /** The run that holds `index`; the last one mostly. */
  #positionOf(index: number): number {
    let high = this.#firsts.length;
    if (high > 0 && index >= (this.#firsts[high - 1] ?? 0)) return high - 1;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#firsts[middle] ?? Infinity) <= index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
