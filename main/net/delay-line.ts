/**
 * Holds datagrams back until they are due: earliest first, of the same time in the order in which they came. Bounded, and
 * with one timer, which stands at the earliest.
 */
import { limits, type Address } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';

interface Held {
  readonly bytes: Uint8Array;
  readonly address: Address;
  readonly dueNs: number;
}

export interface DelayLineOptions {
  readonly nowNs: () => number;
  /** It is due. */
  readonly deliver: (bytes: Uint8Array, address: Address) => void;
  /** `limits.heldDatagramsMax` when not given. */
  readonly datagramsMax?: number;
  /** `limits.heldDatagramsBytesMax` when not given. */
  readonly bytesMax?: number;
}

export class DelayLine {
  readonly #options: DelayLineOptions;
  /** In the order in which they are due. */
  readonly #held: Held[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What the timer stands at. */
  #armedNs = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(options: DelayLineOptions) {
    this.#options = options;
  }

  /** Whether so many more datagrams, of so many bytes together, may be held. */
  hasRoom(datagrams: number, bytes: number): boolean {
    const { datagramsMax = limits.heldDatagramsMax, bytesMax = limits.heldDatagramsBytesMax } = this.#options;
    return this.#held.length + datagrams <= datagramsMax && this.#bytes + bytes <= bytesMax;
  }

  /** @param bytes nobody writes them meanwhile */
  hold(bytes: Uint8Array, address: Address, dueNs: number): void {
    if (this.#isClosed) return;
    this.#held.splice(this.#placeOf(dueNs), 0, { bytes, address, dueNs });
    this.#bytes += bytes.byteLength;
    this.#arm();
  }

  /** Delivers what is due by now: timers are late, and what arrives meanwhile must not overtake it. */
  deliverDue(): void {
    if (this.#held.length === 0) return;
    const nowNs = this.#options.nowNs();
    for (let [first] = this.#held; first !== undefined && first.dueNs <= nowNs; [first] = this.#held) {
      this.#held.shift();
      this.#bytes -= first.bytes.byteLength;
      this.#options.deliver(first.bytes, first.address);
    }
  }

  /** Forgets what is held, and takes no more. */
  close(): void {
    this.#isClosed = true;
    this.#held.length = 0;
    this.#bytes = 0;
    clearTimeout(this.#timer);
  }

  /** Behind everything that is due before, or at the same time. */
  #placeOf(dueNs: number): number {
    let low = 0;
    let high = this.#held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = this.#held[middle];
      if (one !== undefined && one.dueNs <= dueNs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #arm(): void {
    const [first] = this.#held;
    if (first === undefined || first.dueNs >= this.#armedNs) return;
    clearTimeout(this.#timer);
    this.#armedNs = first.dueNs;
    // Upwards: nothing comes before its time. Should the system wake us too early, we wait once more.
    const waitMs = Math.ceil((first.dueNs - this.#options.nowNs()) / nanosecondsPerMillisecond);
    this.#timer = setTimeout(() => this.#onTimer(), Math.max(waitMs, 0));
  }

  #onTimer(): void {
    this.#armedNs = Number.POSITIVE_INFINITY;
    try {
      this.deliverDue();
    } finally {
      this.#arm();
    }
  }
}
