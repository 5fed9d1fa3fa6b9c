/** Time that passes only when a test lets it: acts run one by one, in the order of their times. */
import type { Clock } from '../../main/ports.ts';

interface Act {
  readonly atNs: number;
  readonly order: number;
  readonly run: () => void;
}

export const millisecond = 1_000_000;

export class VirtualWorld {
  #nowNs = 1_000 * millisecond;
  #acts: Act[] = [];
  #ordered = 0;

  get nowNs(): number {
    return this.#nowNs;
  }

  /** @returns takes the act back. */
  at(atNs: number, run: () => void): () => void {
    this.#ordered += 1;
    const act: Act = { atNs: Math.max(atNs, this.#nowNs), order: this.#ordered, run };
    this.#acts.push(act);
    return () => {
      this.#acts = this.#acts.filter((other) => other !== act);
    };
  }

  after(delayMs: number, run: () => void): () => void {
    return this.at(this.#nowNs + delayMs * millisecond, run);
  }

  /** Runs the next act. */
  step(): void {
    let [next] = this.#acts;
    for (const act of this.#acts) {
      if (next && (act.atNs < next.atNs || (act.atNs === next.atNs && act.order < next.order))) next = act;
    }
    if (!next) throw new Error('Nothing is left to happen.');
    this.#acts = this.#acts.filter((act) => act !== next);
    this.#nowNs = next.atNs;
    next.run();
  }

  /** Lets things happen until the condition holds. */
  runUntil(condition: () => boolean, what: string, boundMs = 60_000): void {
    const givenUpNs = this.#nowNs + boundMs * millisecond;
    while (!condition()) {
      if (this.#nowNs > givenUpNs) throw new Error(`${what} did not come within ${boundMs} virtual ms.`);
      this.step();
    }
  }

  runFor(durationMs: number): void {
    let isOver = false;
    this.after(durationMs, () => {
      isOver = true;
    });
    this.runUntil(() => isOver, 'the end of the time', durationMs + 1);
  }

  /** @param isAlive a clock of a dead thread is silent */
  createClock(isAlive: () => boolean): Clock {
    let cancel = (): void => {};
    const alive = (handler: () => void) => (): void => {
      if (isAlive()) handler();
    };
    return {
      nowNs: () => this.#nowNs,
      setTimer: (deadlineNs, handler) => {
        cancel();
        cancel = this.at(deadlineNs, alive(handler));
      },
      clearTimer: () => cancel(),
      defer: (handler) => void this.at(this.#nowNs, alive(handler)),
    };
  }
}
