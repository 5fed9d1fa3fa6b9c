/** What time it is for all that happens in one turn of the loop, in whole milliseconds: so it is not looked up for each request. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { Clock } from '../ports.ts';

export class TurnTime {
  readonly #clock: Clock;
  #nowMs = 0;
  #isFresh = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get nowMs(): number {
    if (this.#isFresh) return this.#nowMs;
    this.#nowMs = Math.floor(this.#clock.nowNs() / nanosecondsPerMillisecond);
    this.#isFresh = true;
    queueMicrotask(() => {
      this.#isFresh = false;
    });
    return this.#nowMs;
  }
}
