/**
 * How the lab holds a node's thread: a few bytes that both see. The thread stands still in `standStill` until `release`; no message
 * would reach it there.
 */

const [goesOn, isHeld] = [0, 1];

export class PauseCell {
  /** For the other thread's `PauseCell`. */
  readonly buffer: SharedArrayBuffer;
  readonly #state: Int32Array;
  readonly #lamport: Float64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.buffer = buffer;
    this.#state = new Int32Array(buffer, 0, 1);
    this.#lamport = new Float64Array(buffer, 8, 1);
  }

  get isHeld(): boolean {
    return Atomics.load(this.#state, 0) === isHeld;
  }

  /** From now on `standStill` does not return. */
  hold(): void {
    Atomics.store(this.#state, 0, isHeld);
  }

  /** @param lamport what the thread does from now on comes behind this number */
  release(lamport: number): void {
    this.#lamport[0] = lamport;
    Atomics.store(this.#state, 0, goesOn);
    Atomics.notify(this.#state, 0);
  }

  /** Blocks the calling thread while it is held. @returns the Lamport number of the release, 0 before the first. */
  standStill(): number {
    while (this.isHeld) Atomics.wait(this.#state, 0, isHeld);
    return this.#lamport[0] ?? 0;
  }
}
