/**
 * Expected failures are values. What a caller can do something about comes back as a `Failure` with a code to act on
 * and a sentence to show; only broken promises of our own code throw (see assert.ts).
 */

/**
 * Why a request or a command was not carried out.
 *
 * - `no-leader`: no leader was known until the deadline; nothing was appended. Definite.
 * - `timed-out`: no answer until the deadline; the request may still take effect. **Outcome unknown.**
 * - `conflict`: `expect` named another last client entry than the actual one; nothing took effect. Definite.
 * - `too-large`: an entry or the request is over its limit; nothing was sent. Definite.
 * - `overloaded`: the node's queue of waiting requests is full; nothing was appended. Definite.
 * - `invalid`: the request itself makes no sense (a range that ends before it starts). Definite.
 * - `not-running`: the node that was asked is stopped or crashed. Definite unless it stopped while at work (then `timed-out`).
 * - `leadership-lost`: the leader that took the append lost its office and another entry stands at its index. Definite.
 * - `compacted`: the range begins before the first index that is still held; the message names it. Definite.
 * - `session-expired`: the session is not known (any more); open another. Whether earlier sends of the request took effect is not known. **Outcome unknown.**
 * - `refused`: the cluster can't do that now (a change is under way, a server does not catch up); the message says why. Definite.
 * - `unusable`: the environment refuses (folder not writable, no free port). Definite; nothing was changed.
 * - `internal`: our own error; the session file is worth reporting.
 */
export type FailureCode =
  | 'no-leader'
  | 'timed-out'
  | 'conflict'
  | 'too-large'
  | 'overloaded'
  | 'invalid'
  | 'not-running'
  | 'leadership-lost'
  | 'compacted'
  | 'session-expired'
  | 'refused'
  | 'unusable'
  | 'internal';

export interface Failure {
  readonly code: FailureCode;
  /** One or two sentences for a person: what happened and what to do about it. */
  readonly message: string;
  /** With `conflict`: the actual last client entry, (0, 0) when there is none. */
  readonly lastClientEntry?: { readonly index: number; readonly term: number };
  /** Where to ask instead, when it is known: with `no-leader`, `refused`. */
  readonly leaderId?: number;
  /** With `compacted`: the first index that is still held. */
  readonly firstIndex?: number;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** True when a failed request is known to have had no effect; false when it may still take effect. */
export function isOutcomeKnown(failure: Failure): boolean {
  return failure.code !== 'timed-out' && failure.code !== 'internal' && failure.code !== 'session-expired';
}

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T = never>(code: FailureCode, message: string): Result<T> {
  return { ok: false, failure: { code, message } };
}
