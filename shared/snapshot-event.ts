/**
 * What the core reports about snapshots, and about rules that are switched off.
 */
import type { NodeId } from './ids.ts';
import type { RuleId } from './rules.ts';

/** Snapshots and compaction (Raft §7). Offsets and lengths in bytes. */
export type SnapshotEvent =
  | {
      readonly type: 'snapshot-sending';
      readonly follower: NodeId;
      readonly lastIncludedIndex: number;
      readonly offset: number;
      readonly totalBytes: number;
      readonly reason: string;
    }
  | {
      readonly type: 'snapshot-chunk-taken';
      readonly from: NodeId;
      readonly lastIncludedIndex: number;
      readonly offset: number;
      readonly nextOffset: number;
      readonly totalBytes: number;
    }
  /** What was received of a snapshot is given up for another one. */
  | {
      readonly type: 'snapshot-interrupted';
      readonly lastIncludedIndex: number;
      readonly receivedBytes: number;
      readonly totalBytes: number;
      readonly reason: string;
    }
  | {
      readonly type: 'snapshot-installed';
      readonly lastIncludedIndex: number;
      readonly lastIncludedTerm: number;
      readonly reason: string;
    }
  /** Entries up to `lastIncludedIndex` are in a snapshot and leave the log. */
  | {
      readonly type: 'log-compacted';
      readonly firstIndex: number;
      readonly lastIncludedIndex: number;
      readonly reason: string;
    };

/** What happens only, or only matters, while a rule is switched off. */
export type RuleEvent =
  /** The rule would have refused what the server did just now. */
  | { readonly type: 'rule-waived'; readonly rule: RuleId; readonly reason: string }
  /** A promise of Raft does not hold on this server. With all rules on, the server stops instead. */
  | { readonly type: 'promise-broken'; readonly promise: string; readonly reason: string }
  /** Rules or timings were changed while it runs. */
  | { readonly type: 'rules-changed'; readonly rulesOff: readonly RuleId[]; readonly reason: string };
