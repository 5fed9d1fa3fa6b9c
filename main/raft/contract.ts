/**
 * The core's contract: `step(state, input, nowNs) → effects`. The core is a machine without I/O; this file is its manual.
 *
 * The host must, for each step and in this order:
 * 0. stage `chunk`, a part of a snapshot;
 * 1. hand `persist` to the storage (entries are then readable, not yet durable);
 * 2. send every `send` with `after` 0, filling in the entries that an AppendEntries names and the
 *    bytes of a snapshot;
 * 3. keep every other `send` until the write number in `after` is durable (Raft §5.1, Figure 2: "updated on stable
 *    storage before responding to RPCs");
 * 4. if there is a `restore`, load the state machine from the snapshot that `persist` has installed; drop from the log what
 *    `compactTo` allows; apply the entries of `apply`, in order, now or later: nobody is answered from them before;
 * 5. set its one timer to `wakeAtNs` and come back with `deadline-passed`.
 * When a write is durable it comes back as `persisted`. Several writes may share one fdatasync; a later number implies
 * the earlier ones.
 */
import type { Server, SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { CoreEvent } from '../../shared/event.ts';
import type { EntryDraft, LogEntry } from '../../shared/log-entry.ts';
import type { AppendEntries, ConfirmedReadMode, ConsensusMessage, InstallSnapshot } from '../../shared/raft-message.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { Timings } from '../../shared/cluster-config.ts';

/** The host's own number for a proposal or a read; the core only hands it back. */
export type Ticket = number;

export interface Proposal {
  readonly ticket: Ticket;
  /** At least one. */
  readonly entries: readonly EntryDraft[];
}

export type CoreInput =
  /** `wakeAtNs` has come. Harmless when early. */
  | { readonly type: 'deadline-passed' }
  | { readonly type: 'message'; readonly from: NodeId; readonly message: ConsensusMessage }
  /** All proposals of one loop turn together, so that they share AppendEntries. */
  | { readonly type: 'propose'; readonly proposals: readonly Proposal[] }
  /** Linearizable reads of one loop turn; they share one round of confirmation (dissertation §6.4). */
  | { readonly type: 'read'; readonly tickets: readonly Ticket[]; readonly mode: ConfirmedReadMode }
  /** Every write up to this number is on disk. */
  | { readonly type: 'persisted'; readonly write: number }
  /** This server's own snapshot is on disk, and the log up to it may go. */
  | { readonly type: 'snapshot-persisted'; readonly snapshot: SnapshotMeta }
  | { readonly type: 'change-membership'; readonly ticket: Ticket; readonly change: MembershipChange }
  | { readonly type: 'transfer-leadership'; readonly ticket: Ticket; readonly to: NodeId }
  /** Rules or timings change while the server runs. */
  | { readonly type: 'configure'; readonly rulesOff?: readonly RuleId[]; readonly timings?: Timings };

/** Who is to vote and to learn; see `ChangeMembershipRequest`. A server that is a member already keeps its folder when `storage` is 0. */
export interface MembershipChange {
  readonly mode: 'joint' | 'single-server';
  readonly voters: readonly Server[];
  readonly learners: readonly Server[];
}

/**
 * Changes to stable storage, to be made in the order: hard state, snapshot, truncate, append. If only a part of it reaches the
 * disk, no entry is of a later term than the recorded one.
 */
export interface PersistEffect {
  /** 1, 2, 3 … in the order of the steps. */
  readonly write: number;
  readonly hardState?: { readonly term: number; readonly votedFor: NodeId | null };
  /** The staged snapshot takes the place of the whole log (Raft Figure 13, 7). A log that covers it is kept, without installing (6). */
  readonly installSnapshot?: SnapshotMeta;
  readonly truncateFrom?: number;
  readonly entries?: readonly LogEntry[];
}

/** An AppendEntries whose entries the host reads from its storage: prevLogIndex + 1 … prevLogIndex + entryCount. */
export type AppendEntriesOrder = Omit<AppendEntries, 'entries'> & { readonly entryCount: number };

/** An InstallSnapshot whose bytes the host reads from its latest snapshot: `byteCount` from `offset` on. */
export type InstallSnapshotOrder = Omit<InstallSnapshot, 'data'> & { readonly byteCount: number };

export type OutgoingMessage =
  | Exclude<ConsensusMessage, AppendEntries | InstallSnapshot>
  | AppendEntriesOrder
  | InstallSnapshotOrder;

export interface SendEffect {
  readonly to: NodeId;
  readonly message: OutgoingMessage;
  /** 0: now. Otherwise the write that must be durable first. */
  readonly after: number;
}

export type ProposalOutcome =
  /** It has its place in the leader's log. Whether it commits is known when `lastIndex` is applied: with this term, it is this one. */
  | {
      readonly ticket: Ticket;
      readonly kind: 'appended';
      readonly firstIndex: number;
      readonly lastIndex: number;
      readonly term: number;
    }
  /** This server does not lead. Nothing was appended. */
  | { readonly ticket: Ticket; readonly kind: 'not-leader'; readonly leaderId: NodeId | null }
  /** It leads, and takes nothing in while it hands its office over. Nothing was appended; ask again. */
  | { readonly ticket: Ticket; readonly kind: 'transferring' };

/** What became of a membership change or a transfer. Each ticket is answered once, unless the server ends. */
export type LeaderOutcome =
  /** The change is committed at `index`; for a transfer, the office is in the target's hands and `index` is 0. */
  | { readonly ticket: Ticket; readonly kind: 'done'; readonly index: number }
  /** Nothing was changed, or nothing but a new learner; the reason is a sentence for a person. */
  | { readonly ticket: Ticket; readonly kind: 'refused'; readonly reason: string; readonly rule?: RuleId }
  | { readonly ticket: Ticket; readonly kind: 'not-leader'; readonly leaderId: NodeId | null }
  /** This server lost its office meanwhile; another may complete the change, or undo it. */
  | { readonly ticket: Ticket; readonly kind: 'unknown'; readonly reason: string };

/** A chunk of a snapshot for the storage to keep; see `SnapshotChunk` of the ports. */
export interface ChunkEffect {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly offset: number;
  readonly data: Uint8Array;
}

export type ReadOutcome =
  /** Serve it from the state machine as soon as `readIndex` is applied. */
  | { readonly ticket: Ticket; readonly kind: 'confirmed'; readonly readIndex: number }
  /** No leader, or it changed meanwhile. Reads change nothing, so ask again. */
  | { readonly ticket: Ticket; readonly kind: 'ask-again' };

export interface Effects {
  chunk: ChunkEffect | undefined;
  persist: PersistEffect | undefined;
  readonly sends: SendEffect[];
  /** The state machine goes on from the snapshot that `persist` has installed. */
  restore: SnapshotMeta | undefined;
  /** Newly committed entries, both ends included. */
  apply: { readonly from: number; readonly to: number } | undefined;
  /** Entries up to here are in the latest snapshot and may leave the log; 0 when nothing new may. */
  compactTo: number;
  readonly proposals: ProposalOutcome[];
  readonly reads: ReadOutcome[];
  readonly outcomes: LeaderOutcome[];
  readonly events: CoreEvent[];
  /** When to come back with `deadline-passed`, nanoseconds. */
  wakeAtNs: number;
}

export function noEffects(): Effects {
  return {
    chunk: undefined,
    persist: undefined,
    sends: [],
    restore: undefined,
    apply: undefined,
    compactTo: 0,
    proposals: [],
    reads: [],
    outcomes: [],
    events: [],
    wakeAtNs: 0,
  };
}
