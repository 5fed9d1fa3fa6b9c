/**
 * The three roles (Raft Figure 4), each with its own data: what a server forgets when it leaves the role.
 */
import type { Server } from '../../shared/configuration.ts';
import type { ProgressMode } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { ConfirmedReadMode } from '../../shared/raft-message.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { MembershipChange, Ticket } from './contract.ts';

/** Reads that were passed on to the leader in one call; asked again at `retryAtNs`, since UDP loses datagrams. */
export interface ForwardedRead {
  readonly tickets: readonly Ticket[];
  readonly round: number;
  readonly mode: ConfirmedReadMode;
  retryAtNs: number;
}

export interface FollowerRole {
  readonly name: 'follower';
  /** Who leads this term, as far as this server has heard. */
  leaderId: NodeId | null;
  forwardedReads: ForwardedRead[];
  /** Under way when this server has asked whether it would win an election; `votes` are those that would vote for it. */
  preVote: { readonly round: number; readonly votes: Server[] } | null;
}

export interface CandidateRole {
  readonly name: 'candidate';
  /** Votes count only as answers to this call. */
  readonly round: number;
  /** The write that makes the own vote durable; it counts only then. */
  readonly ownVoteWrite: number;
  /** Who granted, each once (rule `distinct-voters`). */
  readonly votes: Server[];
}

/** A snapshot on its way to a follower, one chunk at a time. */
export interface SnapshotTransfer {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  /** The first byte that the follower has not acknowledged. */
  offset: number;
  /** The call that carries the chunk, or 0 when none is unanswered. */
  round: number;
}

/**
 * A leader's view of one follower (Raft Figure 2; states after dissertation §10.2.2).
 * Invariant: matchIndex < nextIndex ≤ lastIndex + 1.
 */
export interface Progress {
  /** `snapshot`: it needs entries that this server has compacted. */
  mode: ProgressMode;
  nextIndex: number;
  matchIndex: number;
  /** Unanswered messages that carried entries. */
  inFlight: { readonly round: number; readonly lastIndex: number; readonly bytes: number }[];
  /** Set in mode `snapshot`. */
  snapshot: SnapshotTransfer | null;
  /** The latest call of this term that it answered, in whatever way: proof that it still took us for the leader then. */
  answeredRound: number;
  /** When that call was sent: what a lease counts from (dissertation §6.4.1). */
  answeredSentNs: number;
  /** When it answered last; at first, when this leader took office. */
  answeredNs: number;
  /** Refusals of calls up to this one were acted on already. */
  refusedRound: number;
  /** The folder that it answered with last; 0 until it has answered. Another one begins anew. */
  storage: number;
}

/** A batch of reads that waits for its confirmation. */
export interface PendingRead {
  /** Own tickets, or the follower that asked, with its round. */
  readonly asker: { readonly tickets: readonly Ticket[] } | { readonly node: NodeId; readonly round: number };
  /** Set when the round begins: calls from this one on prove leadership. 0 while it waits for the own-term commit. */
  round: number;
  readIndex: number;
}

/** A change of membership that this leader carries through (dissertation §4.2, §4.3). */
export interface PendingChange {
  /** Null when an earlier leader began it: nobody waits for it here. */
  readonly ticket: Ticket | null;
  readonly change: MembershipChange;
  /**
   * - `catch-up`: new voters are learners until the last of them has all entries in time (§4.2.1).
   * - `joint`: C_old,new is in the log at `index`.
   * - `final`: C_new is in the log at `index`.
   */
  phase: 'catch-up' | 'joint' | 'final';
  /** Of the configuration entry that was appended last. */
  index: number;
  /** Phase `catch-up`, until all are ready. */
  catchUp: CatchUp | null;
}

/** New voters on their way to the end of the log, in rounds (dissertation §4.2.1). */
export interface CatchUp {
  /** From 1. */
  round: number;
  /** The last index of the log when the round began. */
  targetIndex: number;
  beganNs: number;
  /** Who has not got there. */
  waitingFor: readonly NodeId[];
  /** Whom it is about, with the folders that they are added with. */
  readonly servers: readonly Server[];
  /** A measure of what they have got in all, and when that last grew. */
  reached: number;
  movedNs: number;
}

/** The office is being handed over (dissertation §3.10). */
export interface PendingTransfer {
  readonly ticket: Ticket;
  readonly to: NodeId;
  readonly deadlineNs: number;
  timeoutNowSent: boolean;
}

/** A transfer that cost this server its office; whether the target got it is still to be heard. */
export interface HandedOver {
  readonly ticket: Ticket;
  readonly to: NodeId;
  /** After that it stays unknown. */
  readonly untilNs: number;
}

export interface LeaderRole {
  readonly name: 'leader';
  /** Of every other server of the configuration, and of those that are being removed until that is committed. */
  readonly progress: Map<NodeId, Progress>;
  heartbeatDeadlineNs: number;
  /** The no-op's index: from its commit on, reads may be answered. */
  readonly firstOwnIndex: number;
  /** In order of arrival: rounds ascend, and reads that wait for theirs stand at the end. */
  pendingReads: PendingRead[];
  /** The latest `commit-held`, so that it is said once. */
  held: { readonly index: number; readonly rule: RuleId } | null;
  change: PendingChange | null;
  transfer: PendingTransfer | null;
  /** False once a transfer was begun: a late TimeoutNow may start an election at any time of this term (§6.4.1). */
  leaseAllowed: boolean;
  /** When calls were sent: the first round of a step and its time, ascending. For leases. */
  readonly sentTimes: { readonly round: number; readonly nowNs: number }[];
}

export type Role = FollowerRole | CandidateRole | LeaderRole;
