/**
 * A closed loop: so many requests are outstanding at any time; the next one leaves when one is answered.
 */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';

export interface LoadOptions {
  readonly outstanding: number;
  readonly payloadBytes: number;
  /** What is answered in the first time is not counted, ms. */
  readonly warmMs: number;
  readonly measuredMs: number;
}

export interface LoadResult {
  /** Requests that were answered with a commit within the measured time. */
  readonly commits: number;
  readonly failures: number;
  readonly firstFailure?: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends one append of one entry. `done` is called once: with a sentence when it failed. */
export type SubmitAppend = (payload: Uint8Array, done: (failure?: string) => void) => void;

/** A load that gets nothing but failures ends early. */
const failuresMax = 1_000;

export class Load {
  readonly #options: LoadOptions;
  readonly #submit: SubmitAppend;
  readonly #payload: Uint8Array;
  readonly #latenciesNs: number[] = [];
  readonly #startNs: number;
  readonly #countFromNs: number;
  readonly #endNs: number;
  #open = 0;
  #failures = 0;
  #firstFailure: string | undefined;
  #finish: (result: LoadResult) => void = () => {};

  constructor(options: LoadOptions, submit: SubmitAppend) {
    this.#options = options;
    this.#submit = submit;
    this.#payload = new Uint8Array(options.payloadBytes).fill(0x78);
    this.#startNs = nowNs();
    this.#countFromNs = this.#startNs + options.warmMs * nanosecondsPerMillisecond;
    this.#endNs = this.#countFromNs + options.measuredMs * nanosecondsPerMillisecond;
  }

  /** Settles when the time is over and everything was answered. */
  async run(): Promise<LoadResult> {
    return await new Promise((resolve) => {
      this.#finish = resolve;
      for (let count = 0; count < this.#options.outstanding; count += 1) this.#next();
    });
  }

  #next(): void {
    const sentNs = nowNs();
    this.#open += 1;
    this.#submit(this.#payload, (failure) => this.#onDone(sentNs, failure));
  }

  #onDone(sentNs: number, failure: string | undefined): void {
    const atNs = nowNs();
    this.#open -= 1;
    if (failure !== undefined) {
      this.#failures += 1;
      this.#firstFailure ??= failure;
    } else if (atNs >= this.#countFromNs && atNs < this.#endNs) this.#latenciesNs.push(atNs - sentNs);
    if (atNs < this.#endNs && this.#failures < failuresMax) this.#next();
    else if (this.#open === 0) this.#finish(this.#result());
  }

  #result(): LoadResult {
    const sorted = Float64Array.from(this.#latenciesNs).toSorted();
    return {
      commits: sorted.length,
      failures: this.#failures,
      ...(this.#firstFailure !== undefined && { firstFailure: this.#firstFailure }),
      p50Ms: quantileOf(sorted, 0.5),
      p99Ms: quantileOf(sorted, 0.99),
    };
  }
}

/** @param sorted nanoseconds, ascending. @returns milliseconds; NaN of nothing */
function quantileOf(sorted: Float64Array, share: number): number {
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return at === undefined ? Number.NaN : at / nanosecondsPerMillisecond;
}

function nowNs(): number {
  return performance.now() * nanosecondsPerMillisecond;
}
