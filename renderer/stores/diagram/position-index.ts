/**
 * Which positions belong to a time, as far as it is known: anchors (a time and the position of an event then), gathered from
 * whatever passes by. The stream is not quite in the order of time; anchors are a lower bound up to `disorderNs`.
 */
import { firstNotBelow } from './span-list.ts';

/** The lab waits so long for a node that lags before it merges without it (`limits.mergeHoldMs`), and some more. */
export const disorderNs = 150e6;

export interface Anchor {
  readonly timeNs: number;
  readonly position: number;
}

export class PositionIndex {
  #anchors: Anchor[] = [];
  #times: number[] = [];
  #isSorted = true;

  clear(): void {
    this.#anchors = [];
    this.#times = [];
  }

  add(timeNs: number, position: number): void {
    this.#anchors.push({ timeNs, position });
    this.#isSorted = false;
  }

  /** The last anchor that is not after `timeNs`. */
  before(timeNs: number): Anchor | undefined {
    this.#sort();
    const at = firstNotBelow(this.#times, this.#times.length, timeNs);
    return this.#times[at] === timeNs ? this.#anchors[at] : this.#anchors[at - 1];
  }

  /** The first anchor that is not before `timeNs`. */
  after(timeNs: number): Anchor | undefined {
    this.#sort();
    return this.#anchors[firstNotBelow(this.#times, this.#times.length, timeNs)];
  }

  #sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    this.#anchors.sort((one, other) => one.timeNs - other.timeNs || one.position - other.position);
    this.#times = this.#anchors.map(({ timeNs }) => timeNs);
  }
}
