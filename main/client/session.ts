/**
 * A session of this client in the cluster's state machine (dissertation §6.3): numbers its appends, and knows the lowest
 * that has no answer yet.
 */
import { assert } from '../../shared/assert.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { SessionStamp } from '../../shared/log-entry.ts';

const windowMax = limits.sessionWindowMax;

export class ClientSession {
  readonly id: number;
  /** 1 for each sequence from the lowest open one on that is open, by its remainder. */
  readonly #open = new Uint8Array(windowMax);
  #next = 1;
  #lowestOpen = 1;

  /** @param id index of the entry that opened it */
  constructor(id: number) {
    this.id = id;
  }

  /** Servers take no sequence that is further from the lowest open one than the window is wide. */
  get hasRoom(): boolean {
    return this.#next - this.#lowestOpen < windowMax;
  }

  /** The next number, which is open from now on. */
  take(): number {
    assert(this.hasRoom, 'a sequence is taken only when the window has room');
    const sequence = this.#next;
    this.#next += 1;
    this.#open[sequence % windowMax] = 1;
    return sequence;
  }

  /** It has its answer, or nobody waits for one any more: it will not be sent again. */
  release(sequence: number): void {
    this.#open[sequence % windowMax] = 0;
    while (this.#lowestOpen < this.#next && this.#open[this.#lowestOpen % windowMax] === 0) this.#lowestOpen += 1;
  }

  /** For an open sequence. */
  stamp(sequence: number): SessionStamp {
    return { sessionId: this.id, sequence, lowestOpen: this.#lowestOpen };
  }
}
