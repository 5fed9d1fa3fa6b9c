/**
 * The terms of a log as runs: a few numbers, however long the log is.
 */
import type { TermRun } from '../../shared/event.ts';

/** An entry's index and term; (0, 0) is the place before the first entry. */
export interface LogPosition {
  readonly index: number;
  readonly term: number;
}

export const logStart: LogPosition = { index: 0, term: 0 };

export class TermRuns {
  #runs: TermRun[] = [];
  #base: LogPosition;

  /** `base`: the entry before the first. */
  constructor(base: LogPosition = logStart) {
    this.#base = base;
  }

  get base(): LogPosition {
    return this.#base;
  }

  /** Ascending by index. */
  get runs(): readonly TermRun[] {
    return [...this.#runs];
  }

  /** The term of the last entry, that of the base for none. */
  get lastTerm(): number {
    return this.#runs.at(-1)?.term ?? this.#base.term;
  }

  /** The term at an index of the log, or of its base. */
  termAt(index: number): number {
    return this.#runs.findLast(({ firstIndex }) => firstIndex <= index)?.term ?? this.#base.term;
  }

  /** The entry at `index`, one behind the last, has this term. */
  append(index: number, term: number): void {
    if (this.#runs.at(-1)?.term !== term) this.#runs.push({ term, firstIndex: index });
  }

  /** Removes `fromIndex` and everything behind it. */
  truncate(fromIndex: number): void {
    while ((this.#runs.at(-1)?.firstIndex ?? 0) >= fromIndex) this.#runs.pop();
  }

  /** Forgets the entries up to `index`; `lastIndex` is that of the log. */
  dropUpTo(index: number, lastIndex: number): void {
    const base = { index, term: this.termAt(index) };
    const kept = this.#runs.filter((_, at) => (this.#runs[at + 1]?.firstIndex ?? lastIndex + 1) > index + 1);
    this.#runs = kept.map(({ term, firstIndex }) => ({ term, firstIndex: Math.max(firstIndex, index + 1) }));
    this.#base = base;
  }

  /** Forgets everything: the log goes on behind `base`. */
  restart(base: LogPosition): void {
    this.#runs = [];
    this.#base = base;
  }
}
