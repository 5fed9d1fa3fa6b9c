/** How long a client waits before it asks again where nobody could help it: longer each time, within bounds. */
import { drawInteger, type RandomState } from '../../shared/random.ts';

const firstMs = 20;
const longestMs = 500;

export class BackOff {
  readonly #random: RandomState;
  #boundMs = firstMs;

  constructor(random: RandomState) {
    this.#random = random;
  }

  /** Of whole milliseconds. Drawn, so that clients that failed together don't come back together. */
  nextMs(): number {
    const boundMs = this.#boundMs;
    this.#boundMs = Math.min(longestMs, boundMs * 2);
    return drawInteger(this.#random, boundMs / 2, boundMs);
  }

  /** Somebody helped. */
  reset(): void {
    this.#boundMs = firstMs;
  }
}
