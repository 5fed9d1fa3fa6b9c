/**
 * What the consensus core reports: each decision with its reason, and the rule that made it where there is one.
 */
import type { NodeId } from './ids.ts';
import type { MessageKind } from './raft-message.ts';
import type { RuleId } from './rules.ts';

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
  | { readonly type: 'pre-vote-started'; readonly term: number; readonly votersNeeded: number; readonly reason: string }
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
      readonly matchIndex: number;
      readonly nextIndex: number;
      readonly reason: string;
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
  | { readonly type: 'read-confirmed'; readonly readIndex: number; readonly reads: number; readonly reason: string };
