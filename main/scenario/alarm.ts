/** One alarm on a port's clock: the earliest moment that was asked for counts. */
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { LabPort } from '../lab-port.ts';

export class Alarm {
  readonly #port: LabPort;
  readonly #ring: () => void;
  #atNs = Infinity;
  #cancel = (): void => {};
  #isOff = false;

  /** @param ring called for each moment that was asked for, never while it is asked for */
  constructor(port: LabPort, ring: () => void) {
    this.#port = port;
    this.#ring = ring;
  }

  /** Rings then, or earlier if that was asked for; for a time that is over, as soon as it can. */
  ringAt(atNs: number): void {
    if (this.#isOff || atNs >= this.#atNs) return;
    this.#cancel();
    this.#atNs = atNs;
    const delayMs = Math.max(0, Math.ceil((atNs - this.#port.nowNs()) / nanosecondsPerMillisecond));
    this.#cancel = this.#port.after(delayMs, () => {
      this.#atNs = Infinity;
      this.#ring();
    });
  }

  ringSoon(): void {
    this.ringAt(this.#port.nowNs());
  }

  /** For good. */
  turnOff(): void {
    this.#isOff = true;
    this.#cancel();
  }
}
