/**
 * A clock that runs too fast or too slow and that jumps. It never goes back: a jump backwards lets it stand still until it
 * has fallen behind by as much, which is what a monotonic clock makes of one.
 */
import { assert } from '../../shared/assert.ts';
import type { Clock } from '../ports.ts';

const oneMillion = 1_000_000;

/** How the node's time follows the base clock's: a straight line from an anchor on. */
interface Line {
  readonly baseNs: number;
  /** The node's time at `baseNs`, before it is held at the latest one that was shown. */
  readonly ownNs: number;
  /** Nanoseconds of the node for one of the base clock. */
  readonly rate: number;
}

export class FaultyClock implements Clock {
  readonly #base: Clock;
  #line: Line;
  /** The latest time that was shown. */
  #shownNs: number;
  #timer: { readonly deadlineNs: number; readonly handler: () => void } | null = null;

  /** It runs true from the base clock's time until something is set. */
  constructor(base: Clock) {
    this.#base = base;
    const nowNs = base.nowNs();
    this.#line = { baseNs: nowNs, ownNs: nowNs, rate: 1 };
    this.#shownNs = nowNs;
  }

  /** How far it is ahead of the base clock now, nanoseconds; negative when it is behind. */
  get aheadNs(): number {
    return this.nowNs() - this.#base.nowNs();
  }

  /**
   * From now on it is this much faster, or slower for a negative number: 100,000 are 10 %. 0 lets it run true again; what
   * it is ahead or behind stays.
   * @param partsPerMillion above −1,000,000, which would be a clock that stands
   */
  setRate(partsPerMillion: number): void {
    assert(partsPerMillion > -oneMillion, 'A clock goes on, however slowly.');
    this.#moveTo(this.#ownNs(this.#base.nowNs()), 1 + partsPerMillion / oneMillion);
  }

  /** Forward at once; backward by standing still. */
  jump(byNs: number): void {
    this.#moveTo(this.#ownNs(this.#base.nowNs()) + byNs, this.#line.rate);
  }

  nowNs(): number {
    this.#shownNs = Math.max(this.#shownNs, Math.floor(this.#ownNs(this.#base.nowNs())));
    return this.#shownNs;
  }

  setTimer(deadlineNs: number, handler: () => void): void {
    this.#timer = { deadlineNs, handler };
    this.#arm();
  }

  clearTimer(): void {
    this.#timer = null;
    this.#base.clearTimer();
  }

  defer(handler: () => void): void {
    this.#base.defer(handler);
  }

  #ownNs(baseNs: number): number {
    const { baseNs: fromNs, ownNs, rate } = this.#line;
    return ownNs + (baseNs - fromNs) * rate;
  }

  /** The line goes on from `ownNs` now. A timer that is set comes when the clock shows its deadline, by the new line. */
  #moveTo(ownNs: number, rate: number): void {
    this.nowNs();
    this.#line = { baseNs: this.#base.nowNs(), ownNs, rate };
    if (this.#timer !== null) this.#arm();
  }

  #arm(): void {
    const timer = this.#timer;
    if (timer === null) return;
    const { baseNs, ownNs, rate } = this.#line;
    const isDue = timer.deadlineNs <= this.nowNs();
    const baseDeadlineNs = isDue ? this.#base.nowNs() : Math.ceil(baseNs + (timer.deadlineNs - ownNs) / rate);
    this.#base.setTimer(baseDeadlineNs, () => this.#fire());
  }

  /** The base clock's timer came; by rounding, the deadline may still be a nanosecond away. */
  #fire(): void {
    const timer = this.#timer;
    if (timer === null) return;
    if (this.nowNs() < timer.deadlineNs) {
      this.#base.setTimer(this.#base.nowNs() + 1, () => this.#fire());
      return;
    }
    this.#timer = null;
    timer.handler();
  }
}
