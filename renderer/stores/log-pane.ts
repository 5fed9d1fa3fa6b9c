/**
 * One list of the logs: all nodes merged, or one column. It reads the live ring, or a frozen copy of it while paused;
 * then the lines that came since are counted beside it.
 */
import { FilteredLog, type LogFilter } from './filtered-log.ts';
import type { LogBuffer, LogSource } from './log-buffer.ts';

export class LogPane {
  readonly #live: LogBuffer;
  readonly #filter: LogFilter;
  /** What is on screen. */
  shown: FilteredLog;
  /** While paused: what has come since. */
  #ahead: FilteredLog | undefined;

  constructor(live: LogBuffer, filter: LogFilter, frozen: LogSource | undefined) {
    this.#live = live;
    this.#filter = filter;
    this.shown = new FilteredLog(frozen ?? live, filter);
    if (frozen) this.#ahead = new FilteredLog(live, filter, frozen.nextNumber);
  }

  /** Lines that came since the pause, as far as they are still held. */
  get newCount(): number {
    return this.#ahead?.length ?? 0;
  }

  get isSettled(): boolean {
    return this.shown.isSettled && (this.#ahead?.isSettled ?? true);
  }

  pause(frozen: LogSource): void {
    this.shown.retarget(frozen);
    this.#ahead = new FilteredLog(this.#live, this.#filter, frozen.nextNumber);
  }

  /** Goes on with the live ring; what came meanwhile is found from the newest line backwards. */
  resume(): void {
    this.shown = new FilteredLog(this.#live, this.#filter);
    this.#ahead = undefined;
  }

  /** One slice of work. True when something on screen changes. */
  work(isTimeUp: () => boolean): boolean {
    const shownChanged = this.shown.work(isTimeUp);
    const aheadChanged = this.#ahead?.work(isTimeUp) ?? false;
    return shownChanged || aheadChanged;
  }
}
