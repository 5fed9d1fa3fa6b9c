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
  /** Null until something is set: it is the base clock then, and costs nothing. */
  #line: Line | null = null;
  /** The latest time that was shown since. */
  #shownNs = 0;
  #deadlineNs = 0;
  #handler: (() => void) | null = null;
  readonly #onTimer = (): void => this.#fire();

  /** It runs true from the base clock's time until something is set. */
  constructor(base: Clock) {
    this.#base = base;
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
    if (this.#line === null && partsPerMillion === 0) return;
    const line = this.#bend();
    this.#moveTo(ownNs(line, this.#base.nowNs()), 1 + partsPerMillion / oneMillion);
  }

  /** Forward at once; backward by standing still. */
  jump(byNs: number): void {
    const line = this.#bend();
    this.#moveTo(ownNs(line, this.#base.nowNs()) + byNs, line.rate);
  }

  /** When the base clock shows what this one will show at `ownTimeNs`, as it runs now. */
  toBaseNs(ownTimeNs: number): number {
    const line = this.#line;
    return line === null ? ownTimeNs : Math.ceil(line.baseNs + (ownTimeNs - line.ownNs) / line.rate);
  }

  nowNs(): number {
    if (this.#line === null) return this.#base.nowNs();
    this.#shownNs = Math.max(this.#shownNs, Math.floor(ownNs(this.#line, this.#base.nowNs())));
    return this.#shownNs;
  }

  setTimer(deadlineNs: number, handler: () => void): void {
    this.#deadlineNs = deadlineNs;
    this.#handler = handler;
    this.#arm();
  }

  clearTimer(): void {
    this.#handler = null;
    this.#base.clearTimer();
  }

  defer(handler: () => void): void {
    this.#base.defer(handler);
  }

  #bend(): Line {
    if (this.#line !== null) return this.#line;
    const nowNs = this.#base.nowNs();
    this.#shownNs = nowNs;
    this.#line = { baseNs: nowNs, ownNs: nowNs, rate: 1 };
    return this.#line;
  }

  /** The line goes on from `fromNs` now. A timer that is set comes when the clock shows its deadline, by the new line. */
  #moveTo(fromNs: number, rate: number): void {
    this.nowNs();
    this.#line = { baseNs: this.#base.nowNs(), ownNs: fromNs, rate };
    if (this.#handler !== null) this.#arm();
  }

  #arm(): void {
    const isDue = this.#line !== null && this.#deadlineNs <= this.nowNs();
    this.#base.setTimer(isDue ? this.#base.nowNs() : this.toBaseNs(this.#deadlineNs), this.#onTimer);
  }

  /** The base clock's timer came; by rounding, the deadline may still be a nanosecond away. */
  #fire(): void {
    const handler = this.#handler;
    if (handler === null) return;
    if (this.nowNs() < this.#deadlineNs) {
      this.#base.setTimer(this.#base.nowNs() + 1, this.#onTimer);
      return;
    }
    this.#handler = null;
    handler();
  }
}

/** Before it is held at the latest time that was shown. */
function ownNs(line: Line, baseNs: number): number {
  return line.ownNs + (baseNs - line.baseNs) * line.rate;
}
