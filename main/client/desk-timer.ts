/**
 * The one timer of a client. It is set to the earliest time at which something may be due, and never set later: what was
 * answered meanwhile costs one look at the rest, and no request costs a timer.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Clock } from '../ports.ts';

export class DeskTimer {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #dueMs = Infinity;

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** `onDue` is called then, or earlier; each time it has to be asked for anew. */
  checkAt(timeMs: number): void {
    if (timeMs >= this.#dueMs) return;
    this.#dueMs = timeMs;
    this.#clock.setTimer(timeMs * nanosecondsPerMillisecond, () => {
      this.#dueMs = Infinity;
      this.#onDue();
    });
  }

  clear(): void {
    this.#dueMs = Infinity;
    this.#clock.clearTimer();
  }
}
