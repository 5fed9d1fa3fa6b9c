/**
 * What the cluster is known to have committed: the term of each index, and in which term it was committed at the latest.
 */
import type { LabEvent } from '../../shared/event.ts';
import { TermLog } from './term-log.ts';

/** A commit that the stream told of: everything up to `index`. */
export interface Commit {
  readonly index: number;
  readonly event: LabEvent;
}

/** Everything up to `index` was committed by servers of this term or earlier ones. */
interface TermMark {
  readonly term: number;
  index: number;
  event: LabEvent;
}

export class CommittedEntries {
  readonly log = new TermLog();
  readonly #commitsMax: number;
  /** Ascending in term; `index` never falls along them. */
  #marks: TermMark[] = [];
  /** Ascending in index; the latest ones. */
  #commits: Commit[] = [];

  constructor(commitsMax: number) {
    this.#commitsMax = commitsMax;
  }

  /** A server of `term` has committed what its log holds up to `to`. What is known already is not looked at again. */
  add(source: TermLog, to: number, term: number, event: LabEvent): void {
    if (to > this.log.lastIndex) {
      const from = this.log.lastIndex + 1;
      if (source.baseIndex >= from) this.log.restart(source.baseIndex, source.baseTerm);
      source.visitRuns(from, to, (runTerm, first, last) => {
        this.log.append(first, last, runTerm);
        return true;
      });
      this.#commits.push({ index: to, event });
      if (this.#commits.length > this.#commitsMax) this.#commits = this.#commits.slice(this.#commitsMax >>> 1);
    }
    this.#mark(term, to, event);
  }

  /** What a leader of `term` must hold: the last entry that was committed before its term. */
  requiredOf(term: number): Commit | undefined {
    let position = this.#marks.length - 1;
    while (position >= 0 && (this.#marks[position]?.term ?? 0) >= term) position--;
    return this.#marks[position];
  }

  /** The commit that covers `index`, as long as it is remembered. */
  commitOf(index: number): LabEvent | undefined {
    if (index > this.log.lastIndex) return undefined;
    let low = 0;
    let high = this.#commits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#commits[middle]?.index ?? Infinity) < index) low = middle + 1;
      else high = middle;
    }
    return this.#commits[low]?.event;
  }

  #mark(term: number, index: number, event: LabEvent): void {
    const marks = this.#marks;
    let position = marks.length;
    while (position > 0 && (marks[position - 1]?.term ?? 0) > term) position--;
    const before = marks[position - 1];
    if (before && before.index >= index) return;
    if (before?.term === term) {
      before.index = index;
      before.event = event;
    } else {
      marks.splice(position, 0, { term, index, event });
      if (marks.length > this.#commitsMax) this.#marks = marks.slice(this.#commitsMax >>> 1);
    }
    for (const mark of marks.slice(position)) {
      if (mark.index >= index) continue;
      mark.index = index;
      mark.event = event;
    }
  }
}
