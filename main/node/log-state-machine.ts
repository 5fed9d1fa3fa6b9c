/**
 * The replicated state machine (Raft §2): a log of client entries, some of them conditional. Every server applies the
 * same entries in the same order and so judges every condition alike.
 */
import type { LogEntry } from '../../shared/log-entry.ts';
import { assert } from '../../shared/assert.ts';

export interface ClientEntryPosition {
  readonly index: number;
  readonly term: number;
}

export class LogStateMachine {
  appliedIndex = 0;
  /** The last client entry that took effect; (0, 0) before the first. What `expect` is compared with. */
  lastClientEntry: ClientEntryPosition = { index: 0, term: 0 };
  /** Entries whose expectation failed. They stay in the log without effect. */
  readonly #refused = new Set<number>();
  /** The fate of the append request whose entries are being applied. */
  #requestRefused = false;

  /** Applies the next committed entry. Says whether it took effect. */
  apply(entry: LogEntry): boolean {
    assert(entry.index === this.appliedIndex + 1, `entry ${entry.index} can't be applied after ${this.appliedIndex}`);
    this.appliedIndex = entry.index;
    if (entry.kind !== 'client') return true;
    if (!entry.continues) this.#requestRefused = entry.expect !== undefined && !this.#meets(entry.expect);
    if (this.#requestRefused) this.#refused.add(entry.index);
    else this.lastClientEntry = { index: entry.index, term: entry.term };
    return !this.#requestRefused;
  }

  isRefused(index: number): boolean {
    return this.#refused.has(index);
  }

  #meets(expect: NonNullable<LogEntry['expect']>): boolean {
    const { index, term } = this.lastClientEntry;
    return expect.prevLogIndex === index && expect.prevLogTerm === term;
  }
}
