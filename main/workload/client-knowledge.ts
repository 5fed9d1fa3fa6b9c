/** What a client has learned of the log from its answers: it reads and appends by that. */
import type { ClientAnswer, IndexRangeRequest, ReadMode } from '../../shared/client-request.ts';
import type { Expectation } from '../../shared/log-entry.ts';
import type { Failure } from '../../shared/result.ts';

/** A reader looks this far back and ahead. */
const reach = 10;

export class ClientKnowledge {
  /** Up to here something was committed. */
  #index = 0;
  #lastClientEntry: Expectation = { prevLogIndex: 0, prevLogTerm: 0 };

  /** The last client entry that it saw: what a conditional append expects. */
  get expectation(): Expectation {
    return this.#lastClientEntry;
  }

  /** The last entries that it knows of, and room for those that are new. */
  range(read: ReadMode): IndexRangeRequest {
    const startIndex = Math.max(1, this.#index - reach + 1);
    return { kind: 'index-range', startIndex, endIndex: this.#index + reach, read };
  }

  learn(answer: ClientAnswer): void {
    if (answer.kind === 'append') {
      this.#see(answer.lastIndex, answer.term);
    } else if (answer.kind === 'index-range') {
      const last = answer.entries.at(-1);
      if (last) this.#see(last.index, last.term);
      this.#index = Math.max(this.#index, answer.appliedIndex);
    }
  }

  learnFailure({ lastClientEntry, firstIndex }: Failure): void {
    if (lastClientEntry) this.#see(lastClientEntry.index, lastClientEntry.term);
    // What it wanted to read is gone: it goes on behind that.
    if (firstIndex !== undefined) this.#index = Math.max(this.#index, firstIndex + reach);
  }

  #see(index: number, term: number): void {
    this.#index = Math.max(this.#index, index);
    if (index >= this.#lastClientEntry.prevLogIndex) this.#lastClientEntry = { prevLogIndex: index, prevLogTerm: term };
  }
}
