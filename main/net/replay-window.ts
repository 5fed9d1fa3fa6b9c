/**
 * Tells datagrams that were seen from those that were not, by the sender's numbers. What stands further behind the
 * latest one than the window reaches counts as seen.
 */
import { limits } from '../../shared/cluster-config.ts';
import type { BootId } from '../../shared/ids.ts';

/** The numbers of one sender's boot. */
export class ReplayWindow {
  readonly #size: number;
  readonly #seen: Uint32Array;
  #highest = 0;
  #first = 0;
  #taken = 0;

  /** @param size how far it reaches, a multiple of 32 */
  constructor(size: number = limits.replayWindowDatagrams) {
    this.#size = size;
    this.#seen = new Uint32Array(size / 32);
  }

  /** Marks `number` (from 1). @returns false when it was seen before, or may have been. */
  take(number: number): boolean {
    if (this.#highest === 0) this.#first = number;
    if (number > this.#highest) this.#advanceTo(number);
    else if (number <= this.#highest - this.#size) return false;
    const place = number % this.#size;
    const word = place >>> 5;
    const bit = 1 << (place & 31);
    const former = this.#seen[word] ?? 0;
    if ((former & bit) !== 0) return false;
    this.#seen[word] = former | bit;
    // What was sent before this window was made is not missed.
    if (number >= this.#first) this.#taken += 1;
    return true;
  }

  /** How many numbers between the first one taken and the highest were not. */
  get missing(): number {
    return this.#highest === 0 ? 0 : this.#highest - this.#first + 1 - this.#taken;
  }

  /** Numbers that come into the window have not been seen; their places were others' before. */
  #advanceTo(number: number): void {
    if (number - this.#highest >= this.#size) this.#seen.fill(0);
    else {
      for (let next = this.#highest + 1; next <= number; next += 1) {
        const place = next % this.#size;
        const word = place >>> 5;
        this.#seen[word] = (this.#seen[word] ?? 0) & ~(1 << (place & 31));
      }
    }
    this.#highest = number;
  }
}

/** All boots of one sender. */
export class ReplayWindows {
  readonly #windows = new Map<BootId, ReplayWindow>();
  /** Boots up to this one were forgotten: nothing of theirs is taken any more. */
  #forgotten: BootId = 0;

  take(boot: BootId, number: number): boolean {
    let window = this.#windows.get(boot);
    if (window === undefined) {
      if (boot <= this.#forgotten) return false;
      window = new ReplayWindow();
      this.#windows.set(boot, window);
      if (this.#windows.size > limits.replayBootsMax) this.#forgetOldest();
    }
    return window.take(number);
  }

  /** What is missing of a boot's datagrams; 0 for a boot without a window. */
  missing(boot: BootId): number {
    return this.#windows.get(boot)?.missing ?? 0;
  }

  /** The sender counts anew: it has proven that it runs, with a boot below the one known so far (its folder is new). */
  reset(): void {
    this.#windows.clear();
    this.#forgotten = 0;
  }

  #forgetOldest(): void {
    const oldest = Math.min(...this.#windows.keys());
    this.#windows.delete(oldest);
    this.#forgotten = oldest;
  }
}
