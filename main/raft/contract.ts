/**
 * The core's contract: `step(state, input, nowNs) → effects`. The core is a machine without I/O; this file is its manual.
 *
 * The host must, for each step and in this order:
 * 1. hand `persist` to the storage (entries are then readable, not yet durable);
 * 2. send every `send` with `after` 0, filling in the entries that an AppendEntries names;
 * 3. keep every other `send` until the write number in `after` is durable (Raft §5.1, Figure 2: "updated on stable
 *    storage before responding to RPCs");
 * 4. apply the entries of `apply`, in order;
 * 5. set its one timer to `wakeAtNs` and come back with `deadline-passed`.
 * When a write is durable it comes back as `persisted`. Several writes may share one fdatasync; a later number implies
 * the earlier ones.
 */
import type { NodeId } from '../../shared/ids.ts';
import type { CoreEvent } from '../../shared/event.ts';
import type { EntryDraft, LogEntry } from '../../shared/log-entry.ts';
import type { AppendEntries, ConsensusMessage } from '../../shared/raft-message.ts';

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
  | { readonly type: 'read'; readonly tickets: readonly Ticket[] }
  /** Every write up to this number is on disk. */
  | { readonly type: 'persisted'; readonly write: number };

/**
 * Changes to stable storage, to be made in the order: hard state, truncate, append. If only a part of it reaches the
 * disk, no entry is of a later term than the recorded one.
 */
export interface PersistEffect {
  /** 1, 2, 3 … in the order of the steps. */
  readonly write: number;
  readonly hardState?: { readonly term: number; readonly votedFor: NodeId | null };
  readonly truncateFrom?: number;
  readonly entries?: readonly LogEntry[];
}

/** An AppendEntries whose entries the host reads from its storage: prevLogIndex + 1 … prevLogIndex + entryCount. */
export type AppendEntriesOrder = Omit<AppendEntries, 'entries'> & { readonly entryCount: number };

export type OutgoingMessage = Exclude<ConsensusMessage, AppendEntries> | AppendEntriesOrder;

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
  | { readonly ticket: Ticket; readonly kind: 'not-leader'; readonly leaderId: NodeId | null };

export type ReadOutcome =
  /** Serve it from the state machine as soon as `readIndex` is applied. */
  | { readonly ticket: Ticket; readonly kind: 'confirmed'; readonly readIndex: number }
  /** No leader, or it changed meanwhile. Reads change nothing, so ask again. */
  | { readonly ticket: Ticket; readonly kind: 'ask-again' };

export interface Effects {
  persist: PersistEffect | undefined;
  readonly sends: SendEffect[];
  /** Newly committed entries, both ends included. */
  apply: { readonly from: number; readonly to: number } | undefined;
  readonly proposals: ProposalOutcome[];
  readonly reads: ReadOutcome[];
  readonly events: CoreEvent[];
  /** When to come back with `deadline-passed`, nanoseconds. */
  wakeAtNs: number;
}

export function noEffects(): Effects {
  return { persist: undefined, sends: [], apply: undefined, proposals: [], reads: [], events: [], wakeAtNs: 0 };
}
