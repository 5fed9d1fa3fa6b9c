/**
 * What the core reports about changes of membership, and about the office that is handed over.
 */
import type { Configuration } from './configuration.ts';
import type { NodeId } from './ids.ts';
import type { RuleId } from './rules.ts';

/** Changes of membership (dissertation chapter 4). */
export type MembershipEvent =
  /** From this entry on the server goes by this configuration, although it may not be committed (Raft §6). */
  | {
      readonly type: 'configuration-changed';
      /** Of the entry that brought it, or of a snapshot that covers it. */
      readonly index: number;
      readonly configuration: Configuration;
      readonly reason: string;
    }
  /** The entry was removed from the log; `configuration` is in force again. */
  | {
      readonly type: 'configuration-rolled-back';
      readonly fromIndex: number;
      readonly index: number;
      readonly configuration: Configuration;
      readonly reason: string;
      readonly rule: RuleId;
    }
  /**
   * What the leader does about a change: `begun`; `catch-up`: a round begins (§4.2.1); `joint`: both majorities decide
   * from here on; `final`: the new configuration is in the log; `done`: it is committed; `given-up`.
   */
  | {
      readonly type: 'membership-step';
      readonly step: 'begun' | 'catch-up' | 'joint' | 'final' | 'done' | 'given-up';
      readonly term: number;
      readonly reason: string;
      readonly rule?: RuleId;
    };

/** Leadership transfer (dissertation §3.10). */
export type TransferEvent =
  | { readonly type: 'transfer-started'; readonly to: NodeId; readonly term: number; readonly reason: string }
  /** The target has all entries; it was asked to run at once. */
  | { readonly type: 'timeout-now-sent'; readonly to: NodeId; readonly term: number; readonly reason: string }
  | {
      readonly type: 'transfer-ended';
      readonly to: NodeId;
      readonly term: number;
      readonly done: boolean;
      readonly reason: string;
    };
