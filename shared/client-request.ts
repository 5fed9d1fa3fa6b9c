/**
 * What a client can ask of any node: the seed's two requests, made honest.
 */
import type { EntryKind, Expectation, SessionStamp } from './log-entry.ts';
import type { Server } from './configuration.ts';
import type { NodeId } from './ids.ts';

/** Appends entries in order. Answered only after all of them are committed and applied. */
export interface AppendRequest {
  readonly kind: 'append';
  /** Opaque bytes; at least one entry. */
  readonly entries: readonly Uint8Array[];
  /** When given, the append takes effect only if the last client entry is this one. */
  readonly expect?: Expectation;
  /** When given, a repeated request takes effect once and gets the first one's answer (dissertation §6.3). */
  readonly session?: SessionStamp;
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
 * - `lease`: the same without a round of messages, as long as clocks drift no further than `limits.clockDriftPercentMax` (§6.4.1).
 * - `local`: what the asked node has applied; may be stale, needs no leader.
 */
export type ReadMode = 'linearizable' | 'lease' | 'local';

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
  /** Also answer no-ops and entries without effect. Default false. */
  readonly includeInternal?: boolean;
}

export interface RangeEntry {
  readonly index: number;
  readonly term: number;
  readonly kind: EntryKind;
  readonly payload: Uint8Array;
  /**
   * True for an entry without effect: its expectation failed when it was applied, its session had sent it before, or the
   * rest of its append is missing. Only with `includeInternal`.
   */
  readonly refused?: boolean;
}

export interface RangeAnswer {
  readonly kind: 'index-range';
  readonly entries: readonly RangeEntry[];
  /** Everything up to here was committed and applied on the answering node. */
  readonly appliedIndex: number;
  /** When a limit cut the answer, which may be empty then: ask again from here. */
  readonly continueAt?: number;
}

/** Opens a client session (dissertation §6.3). Answered after commit. */
export interface OpenSessionRequest {
  readonly kind: 'open-session';
}

export interface SessionAnswer {
  readonly kind: 'open-session';
  readonly sessionId: number;
}

/** From now on each server keeps this many entries; 0 keeps everything. Answered after commit. */
export interface SetRetentionRequest {
  readonly kind: 'set-retention';
  readonly retainEntries: number;
}

/**
 * Who is to vote and who is to learn from now on. Servers that are new are learners first, until they have caught up.
 * - `joint`: any change at once, through joint consensus (Raft §6).
 * - `single-server`: at most one voter more or less, without the joint phase (dissertation §4.1).
 */
export interface ChangeMembershipRequest {
  readonly kind: 'change-membership';
  readonly mode: 'joint' | 'single-server';
  /** Ids, or an id with the number of the folder that it is to be bound to. */
  readonly voters: readonly Server[];
  readonly learners: readonly Server[];
}

/** Hands the office over (dissertation §3.10). To the leader only. */
export interface TransferLeadershipRequest {
  readonly kind: 'transfer-leadership';
  readonly to: NodeId;
}

/** Done: what was asked for is committed, or the office has changed hands. */
export interface DoneAnswer {
  readonly kind: 'set-retention' | 'change-membership' | 'transfer-leadership';
  /** Of the entry that did it; 0 for a transfer. */
  readonly index: number;
}

/** Requests that only a leader takes; another server's failure names it. */
export type LeaderRequest =
  | OpenSessionRequest
  | SetRetentionRequest
  | ChangeMembershipRequest
  | TransferLeadershipRequest;

export type ClientRequest = AppendRequest | IndexRangeRequest | LeaderRequest;
export type ClientAnswer = AppendAnswer | RangeAnswer | SessionAnswer | DoneAnswer;
