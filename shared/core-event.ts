/**
 * What the consensus core reports: each decision with its reason, and the rule that made it where there is one.
 */
import type { NodeId } from './ids.ts';
import type { ConfirmedReadMode, MessageKind } from './raft-message.ts';
import type { MembershipEvent, TransferEvent } from './membership-event.ts';
import type { RuleId } from './rules.ts';
import type { RuleEvent, SnapshotEvent } from './snapshot-event.ts';

export type { MembershipEvent, TransferEvent } from './membership-event.ts';
export type { RuleEvent, SnapshotEvent } from './snapshot-event.ts';

/**
 * How a leader sends to a follower: one message at a time until it knows where the logs agree, ahead of the answers, or a
 * snapshot (dissertation §10.2).
 */
export type ProgressMode = 'probe' | 'replicate' | 'snapshot';

export type RoleName = 'follower' | 'candidate' | 'leader';

/** A run of entries of one term, from `firstIndex` to the next run or the end of the log. */
export interface TermRun {
  readonly term: number;
  readonly firstIndex: number;
}

/** What the consensus core reports: each decision with its reason, and the rule that made it where there is one. */
export type CoreEvent =
  | {
      readonly type: 'role-changed';
      readonly from: RoleName;
      readonly to: RoleName;
      readonly term: number;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  | {
      readonly type: 'term-changed';
      readonly from: number;
      readonly to: number;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  | { readonly type: 'leader-known'; readonly leaderId: NodeId; readonly term: number }
  /** Before it raises its term, it asks whether it would win (dissertation §9.6). `term` is the one that it would take. */
  | {
      readonly type: 'pre-vote-started';
      readonly term: number;
      readonly votersNeeded: number;
      readonly reason: string;
      readonly rule: RuleId;
    }
  | {
      readonly type: 'pre-vote-answered';
      readonly candidateId: NodeId;
      readonly term: number;
      readonly granted: boolean;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  | {
      readonly type: 'pre-vote-counted';
      readonly from: NodeId;
      readonly granted: boolean;
      readonly term: number;
      readonly votes: readonly NodeId[];
      readonly votersNeeded: number;
    }
  | { readonly type: 'election-started'; readonly term: number; readonly votersNeeded: number; readonly reason: string }
  | { readonly type: 'vote-granted'; readonly candidateId: NodeId; readonly term: number; readonly reason: string }
  | {
      readonly type: 'vote-refused';
      readonly candidateId: NodeId;
      readonly term: number;
      readonly reason: string;
      readonly rule: RuleId;
    }
  | {
      readonly type: 'vote-counted';
      readonly from: NodeId;
      readonly granted: boolean;
      readonly term: number;
      readonly votes: readonly NodeId[];
      readonly votersNeeded: number;
    }
  | {
      readonly type: 'entries-appended';
      readonly firstIndex: number;
      readonly lastIndex: number;
      readonly term: number;
      readonly reason: string;
      /** Of a no-op: the rule that asks for it. */
      readonly rule?: RuleId;
    }
  | {
      readonly type: 'entries-truncated';
      readonly fromIndex: number;
      readonly lastIndex: number;
      readonly reason: string;
      readonly rule: RuleId;
    }
  | {
      readonly type: 'append-refused';
      readonly leaderId: NodeId;
      readonly term: number;
      readonly prevLogIndex: number;
      readonly prevLogTerm: number;
      readonly reason: string;
      readonly rule: RuleId;
    }
  | {
      readonly type: 'follower-progress';
      readonly follower: NodeId;
      readonly mode: ProgressMode;
      readonly matchIndex: number;
      readonly nextIndex: number;
      readonly reason: string;
    }
  /** A majority has the entry, and still the leader may not commit it by that. Said once an entry and rule. */
  | {
      readonly type: 'commit-held';
      readonly index: number;
      readonly term: number;
      readonly reason: string;
      readonly rule: RuleId;
    }
  | {
      readonly type: 'commit-advanced';
      readonly from: number;
      readonly to: number;
      readonly term: number;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  | {
      readonly type: 'message-ignored';
      readonly from: NodeId;
      readonly kind: MessageKind;
      readonly term: number;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  | {
      readonly type: 'read-confirmed';
      /** How the leader knew that it still leads: a round of messages, or its lease. */
      readonly by: ConfirmedReadMode;
      readonly readIndex: number;
      readonly reads: number;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  /** A lease read that needs a round of messages after all. */
  | { readonly type: 'lease-not-held'; readonly reads: number; readonly reason: string; readonly rule: RuleId }
  /** A read, proposal or change that can't go on for now, or not here. */
  | {
      readonly type: 'request-held';
      readonly what: 'read' | 'append' | 'membership-change' | 'transfer';
      readonly count: number;
      readonly reason: string;
      readonly rule?: RuleId;
    }
  /** Its election timer fired, and it does not run: it is no voter, or could not keep its vote. `again`: as it did the last time. */
  | {
      readonly type: 'election-withheld';
      readonly term: number;
      readonly reason: string;
      readonly rule?: RuleId;
      readonly again?: true;
    }
  | MembershipEvent
  | TransferEvent
  | SnapshotEvent
  | RuleEvent;
