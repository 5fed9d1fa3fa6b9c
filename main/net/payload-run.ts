/**
 * The payloads of a message: one byte string, in which they stand one behind the other. Their lengths stand elsewhere in
 * the message. So a thousand small ones cost one field to write and one copy to read.
 */
import type { Problem } from './field-reader.ts';

/** @param byteCount of all of them together */
export function joinPayloads(payloads: readonly Uint8Array[], byteCount: number): Uint8Array {
  const joined = new Uint8Array(byteCount);
  let at = 0;
  for (const payload of payloads) {
    joined.set(payload, at);
    at += payload.byteLength;
  }
  return joined;
}

/** Hands them out in their order. */
export class PayloadReader {
  readonly #joined: Uint8Array;
  readonly #problem: Problem;
  #at = 0;

  /** @param joined bytes of the message's own: what is handed out shares their memory */
  constructor(joined: Uint8Array, problem: Problem) {
    this.#joined = joined;
    this.#problem = problem;
  }

  take(byteCount: number): Uint8Array {
    const start = this.#at;
    this.#at += byteCount;
    if (this.#at <= this.#joined.byteLength) return this.#joined.subarray(start, this.#at);
    this.#problem.reason ??= 'its payloads end before the last one does';
    return new Uint8Array(0);
  }

  /** Says that none may be left. */
  end(): void {
    if (this.#at < this.#joined.byteLength) this.#problem.reason ??= 'something is left behind its last payload';
  }
}
