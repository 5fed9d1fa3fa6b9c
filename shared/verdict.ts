/** What a check says of a promise. */
import type { PromiseId } from './promises.ts';

/**
 * - `held`: everything that could break it was seen, and nothing did.
 * - `broken`: it does not hold; there is a violation.
 * - `evidence-lost`: nothing broke it in what was seen, and something that could have is missing. Never shown as green.
 */
export type Verdict = 'held' | 'broken' | 'evidence-lost';

export interface PromiseVerdict {
  readonly promise: PromiseId;
  readonly verdict: Verdict;
  /** How many violations were found; the first ones are kept. */
  readonly violations: number;
  /** Why evidence is lost, once. */
  readonly reason?: string;
}

/** Everything that was judged of a cluster so far. */
export interface CheckReport {
  /** One for each promise, those of the servers and those of the clients' history. */
  readonly verdicts: readonly PromiseVerdict[];
  /** Of the clients' history. */
  readonly operations: { readonly appends: number; readonly reads: number; readonly unknown: number };
  /** Stale lease reads while clocks drifted beyond the bound: no promise was made, none is broken. */
  readonly promiseVoid: number;
  /** The history is judged up to here, ns on the scale of `timeNs`; what came later waits for its answers. */
  readonly judgedUpToNs: number;
}
