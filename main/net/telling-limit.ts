/**
 * Keeps a flood out of the stream: the first few of a kind in a second are told one by one, the rest of that second as one
 * event with a count. There is no timer: what arrives, leaves or ends gives the pulse.
 */
import { limits } from '../../shared/cluster-config.ts';
import { nanosecondsPerMillisecond } from '../../shared/duration.ts';
import type { EventBody } from '../../shared/event.ts';
import type { EmitEvent } from '../ports.ts';

const secondNs = 1_000 * nanosecondsPerMillisecond;

/** Makes the event for what was not told one by one. */
export type TellRest = (count: number, bytes: number) => EventBody;

interface Second {
  readonly sinceNs: number;
  told: number;
  count: number;
  bytes: number;
  /** Of the latest one. */
  rest: TellRest;
}

export class TellingLimit {
  readonly #emit: EmitEvent;
  readonly #nowNs: () => number;
  readonly #perSecond: number;
  readonly #seconds = new Map<string, Second>();
  #isPending = false;

  /** @param perSecond how many of each kind are told one by one */
  constructor(emit: EmitEvent, nowNs: () => number, perSecond: number) {
    this.#emit = emit;
    this.#nowNs = nowNs;
    this.#perSecond = perSecond;
  }

  /**
   * @param kind what shares a count; there must be few of them
   * @param one undefined for what is worth no word until there is much of it, `limits.controlsUntoldPerSecondMax`
   */
  tell(kind: string, bytes: number, one: (() => EventBody) | undefined, rest: TellRest): void {
    const nowNs = this.#nowNs();
    let second = this.#seconds.get(kind);
    if (second === undefined || nowNs - second.sinceNs >= secondNs) {
      if (second !== undefined) this.#tellRest(second);
      second = { sinceNs: nowNs, told: 0, count: 0, bytes: 0, rest };
      this.#seconds.set(kind, second);
    }
    if (second.told < (one === undefined ? limits.controlsUntoldPerSecondMax : this.#perSecond)) {
      second.told += 1;
      if (one !== undefined) this.#emit(one());
      return;
    }
    second.count += 1;
    second.bytes += bytes;
    second.rest = rest;
    this.#isPending = true;
  }

  /** Tells the rest of the seconds that are over. */
  pulse(): void {
    if (!this.#isPending) return;
    const overNs = this.#nowNs() - secondNs;
    this.#isPending = false;
    for (const [kind, second] of this.#seconds) {
      if (second.sinceNs > overNs) {
        this.#isPending ||= second.count > 0;
        continue;
      }
      this.#tellRest(second);
      this.#seconds.delete(kind);
    }
  }

  /** Tells the rest of every second, over or not: the node ends. */
  finish(): void {
    for (const second of this.#seconds.values()) this.#tellRest(second);
    this.#seconds.clear();
    this.#isPending = false;
  }

  #tellRest(second: Second): void {
    if (second.count > 0) this.#emit(second.rest(second.count, second.bytes));
    second.count = 0;
  }
}
