/** When the next request is due, at a rate that all clients share. Without a rate one is always due. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';

/** What could not be asked for so long is not asked any more: a cluster that comes back is not asked for all that it missed. */
const lagMaxNs = 100 * nanosecondsPerMillisecond;

export class Pace {
  readonly #intervalNs: number;
  #dueNs: number;

  constructor(requestsPerSecond: number | undefined, nowNs: number) {
    this.#intervalNs = requestsPerSecond === undefined ? 0 : 1_000 * (nanosecondsPerMillisecond / requestsPerSecond);
    this.#dueNs = nowNs;
  }

  /** True when one is due; it is taken then, and the next one is due later. */
  take(nowNs: number): boolean {
    if (this.#dueNs > nowNs) return false;
    this.#dueNs = Math.max(this.#dueNs, nowNs - lagMaxNs) + this.#intervalNs;
    return true;
  }

  /** How long until one is due, whole milliseconds, at least 1. */
  waitMs(nowNs: number): number {
    return Math.max(1, Math.ceil((this.#dueNs - nowNs) / nanosecondsPerMillisecond));
  }
}
