/**
 * How much of the stream one page has taken in. A page may owe acknowledgements for so many frames; past that, events
 * are left out and counted until it has caught up.
 */
export class StreamCredits {
  readonly #unacknowledgedMax: number;
  /** Numbers of frames that were sent and are not acknowledged, ascending. */
  #unacknowledged: number[] = [];
  #lastSent = -1;
  #missed = 0;

  constructor(unacknowledgedMax: number) {
    this.#unacknowledgedMax = unacknowledgedMax;
  }

  /** Events that were left out since the page fell behind; 0 while it keeps up. */
  get missed(): number {
    return this.#missed;
  }

  /** True when a frame may be sent. Once events were left out, only a gap frame may. */
  get open(): boolean {
    return this.#missed === 0 && this.#unacknowledged.length < this.#unacknowledgedMax;
  }

  /** Events were left out, the page has taken in all that was sent: it is time for a gap frame. */
  get caughtUp(): boolean {
    return this.#missed > 0 && this.#unacknowledged.length === 0;
  }

  sent(frame: number): void {
    this.#unacknowledged.push(frame);
    this.#lastSent = frame;
  }

  leaveOut(events: number): void {
    this.#missed += events;
  }

  /** A gap frame was sent: it tells of everything that was left out. */
  gapSent(frame: number): void {
    this.#missed = 0;
    this.sent(frame);
  }

  /** The page has taken in `frame` and all before it. @returns false for a frame that was never sent. */
  acknowledge(frame: number): boolean {
    if (frame > this.#lastSent) return false;
    this.#unacknowledged = this.#unacknowledged.filter((number) => number > frame);
    return true;
  }
}
