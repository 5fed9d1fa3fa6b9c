/**
 * What a client can ask of any node: the seed's two requests, made honest.
 */
import type { EntryKind, Expectation } from './log-entry.ts';

/** Appends entries in order. Answered only after all of them are committed and applied. */
export interface AppendRequest {
  readonly kind: 'append';
  /** Opaque bytes; at least one entry. */
  readonly entries: readonly Uint8Array[];
  /** When given, the append takes effect only if the last client entry is this one. */
  readonly expect?: Expectation;
}

/** Where the entries of an append stand. */
export interface AppendAnswer {
  readonly kind: 'append';
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
}

/**
 * - `linearizable`: sees every append that was answered before the read began (dissertation §6.4).
 * - `local`: what the asked node has applied; may be stale, needs no leader.
 */
export type ReadMode = 'linearizable' | 'local';

/**
 * Reads committed entries from `startIndex` to `endIndex`, both included; 0 counts as 1. Asking for more than there is
 * returns what there is.
 */
export interface IndexRangeRequest {
  readonly kind: 'index-range';
  readonly startIndex: number;
  readonly endIndex: number;
  /** Default `linearizable`. */
  readonly read?: ReadMode;
  /** Also answer no-ops and entries that a failed expectation left without effect. Default false. */
  readonly includeInternal?: boolean;
}

export interface RangeEntry {
  readonly index: number;
  readonly term: number;
  readonly kind: EntryKind;
  readonly payload: Uint8Array;
  /** True for a conditional entry whose expectation failed when it was applied. Only with `includeInternal`. */
  readonly refused?: boolean;
}

export interface RangeAnswer {
  readonly kind: 'index-range';
  readonly entries: readonly RangeEntry[];
  /** Everything up to here was committed and applied on the answering node. */
  readonly appliedIndex: number;
  /** When a limit cut the answer: ask again from here. */
  readonly continueAt?: number;
}

export type ClientRequest = AppendRequest | IndexRangeRequest;
export type ClientAnswer = AppendAnswer | RangeAnswer;
