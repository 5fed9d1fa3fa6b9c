/** The lab's hold on one node's thread: see `PauseCell`. */
import { PauseCell } from '../node/pause-cell.ts';

export interface PauseHooks {
  /** The thread stands still: it reports nothing until it is let go. */
  readonly onPaused?: () => void;
  /** It is let go. */
  readonly onResumed?: () => void;
}

export class NodePause {
  readonly #hooks: PauseHooks;
  readonly #cell = new PauseCell();
  readonly #waiting = new Set<(standsStill: boolean) => void>();

  constructor(hooks: PauseHooks) {
    this.#hooks = hooks;
  }

  /** For the thread. */
  get buffer(): SharedArrayBuffer {
    return this.#cell.buffer;
  }

  get isHeld(): boolean {
    return this.#cell.isHeld;
  }

  /** The thread stands still when it takes the message in that tells it to. Settles then, or with false when it never will. */
  hold(): Promise<boolean> {
    this.#cell.hold();
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** The thread said that it stands still; unless it was let go meanwhile, it does. */
  onSaid(): void {
    if (!this.isHeld) return;
    this.#hooks.onPaused?.();
    this.#settle(true);
  }

  release(lamport: number): void {
    if (!this.isHeld) return;
    this.#hooks.onResumed?.();
    this.#cell.release(lamport);
    this.#settle(false);
  }

  /** The thread is gone. */
  forget(): void {
    this.#settle(false);
  }

  #settle(standsStill: boolean): void {
    for (const settle of this.#waiting) settle(standsStill);
    this.#waiting.clear();
  }
}
