/**
 * The terms of a log as runs: a few numbers, however long the log is.
 */
import type { TermRun } from '../../shared/event.ts';

export class TermRuns {
  readonly #runs: TermRun[] = [];

  /** Ascending by index. */
  get runs(): readonly TermRun[] {
    return [...this.#runs];
  }

  /** The term of the last entry, 0 for none. */
  get lastTerm(): number {
    return this.#runs.at(-1)?.term ?? 0;
  }

  /** The entry at `index`, one behind the last, has this term. */
  append(index: number, term: number): void {
    if (this.#runs.at(-1)?.term !== term) this.#runs.push({ term, firstIndex: index });
  }

  /** Removes `fromIndex` and everything behind it. */
  truncate(fromIndex: number): void {
    while ((this.#runs.at(-1)?.firstIndex ?? 0) >= fromIndex) this.#runs.pop();
  }
}
