/**
 * How long an answer takes, and from that after which time a request without one is sent again (RFC 6298, for requests). The time
 * of a commit is part of it: a slow disk must not be mistaken for lost datagrams.
 */
import { limits } from '../../shared/cluster-config.ts';

const retryMinMs = limits.clientRetryMinMs;
const retryMaxMs = limits.clientRetryMaxMs;
/** Before anything was measured. */
const firstGuessMs = 2 * retryMinMs;
/** Large requests travel in parts, which are sent again by themselves: so many bytes a millisecond are waited for at least. */
const bytesPerMillisecond = 10_000;

export class RoundTrips {
  #smoothedMs = -1;
  #variationMs = 0;

  /** @param tookMs from when the request left first: with several copies it isn't known which one was answered */
  measured(tookMs: number): void {
    const sampleMs = Math.min(tookMs, retryMaxMs);
    if (this.#smoothedMs < 0) {
      this.#smoothedMs = sampleMs;
      this.#variationMs = sampleMs / 2;
      return;
    }
    this.#variationMs += (Math.abs(sampleMs - this.#smoothedMs) - this.#variationMs) / 4;
    this.#smoothedMs += (sampleMs - this.#smoothedMs) / 8;
  }

  /** How long to wait for an answer to what leaves now. @param sends how often it left before */
  retryAfterMs(sends: number, bytes: number): number {
    const firstMs = this.#smoothedMs < 0 ? firstGuessMs : this.#smoothedMs + 4 * this.#variationMs;
    const doubledMs = Math.max(retryMinMs, firstMs) * 2 ** Math.min(sends, 10);
    return Math.ceil(Math.min(retryMaxMs, doubledMs) + bytes / bytesPerMillisecond);
  }
}

/** How long to wait before what a server refused for now is tried again. @param sends how often it left */
export function restMs(sends: number): number {
  return Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(Math.max(0, sends - 1), 10));
}
