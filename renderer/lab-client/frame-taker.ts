/**
 * Who takes the stream's frames as bytes, elsewhere than on the page's own thread. A frame is acknowledged to the lab only when
 * both have it: a taker that cannot keep up slows the stream down, as the page itself does.
 */

export interface FrameTaker {
  /** A frame of type `welcome`, `events` or `gap`, in order. The bytes are the taker's from now on. */
  take(bytes: Uint8Array): void;
  /** Called with the number of each `events` or `gap` frame that was taken in. */
  onTaken(handler: (frame: number) => void): void;
  /** It takes nothing any more, and nobody waits for it. */
  onLost(handler: () => void): void;
}

export class FrameCredits {
  readonly #acknowledge: (frame: number) => void;
  #folded = -1;
  #taken = Infinity;
  #acknowledged = -1;

  constructor(acknowledge: (frame: number) => void) {
    this.#acknowledge = acknowledge;
  }

  /** From now on frames are waited for at a taker as well. */
  waitFor(taker: FrameTaker): void {
    this.#taken = -1;
    taker.onTaken((frame) => {
      this.#taken = Math.max(this.#taken, frame);
      this.#settle();
    });
    taker.onLost(() => {
      this.#taken = Infinity;
      this.#settle();
    });
  }

  /** The page's own stores have taken the frame in. */
  folded(frame: number): void {
    this.#folded = frame;
    this.#settle();
  }

  /** Another connection: it counts its frames anew. */
  forget(): void {
    this.#folded = -1;
    this.#acknowledged = -1;
    if (this.#taken !== Infinity) this.#taken = -1;
  }

  #settle(): void {
    const both = Math.min(this.#folded, this.#taken);
    if (both <= this.#acknowledged) return;
    this.#acknowledged = both;
    this.#acknowledge(both);
  }
}
