/**
 * What the lab itself reports: acts of a person, and the fates of requests as the client sees them.
 */
import type { ReadMode } from './client-request.ts';
import type { Member, Timings } from './cluster-config.ts';
import type { Link } from './fault-rule.ts';
import type { ClusterId, NodeId } from './ids.ts';
import type { Expectation } from './log-entry.ts';
import type { Failure, FailureCode } from './result.ts';

export type NodeStopCause = 'stopped' | 'crashed' | 'failed';

export type BenchEvent =
  | {
      readonly type: 'cluster-started';
      readonly clusterId: ClusterId;
      readonly members: readonly Member[];
      readonly timings: Timings;
      readonly folder: string;
    }
  | { readonly type: 'cluster-stopped'; readonly reason: string }
  | { readonly type: 'ports-moved'; readonly wanted: number; readonly got: number; readonly reason: string }
  | { readonly type: 'node-launched'; readonly target: NodeId }
  /** The thread of a node has ended. `crashed`: a person killed it; `failed`: it ended by itself, `reason` says why. */
  | { readonly type: 'node-ended'; readonly target: NodeId; readonly cause: NodeStopCause; readonly reason: string }
  | { readonly type: 'link-cut'; readonly link: Link; readonly faultRule: string }
  | { readonly type: 'link-healed'; readonly link: Link; readonly faultRule: string }
  | {
      readonly type: 'request-sent';
      readonly requestId: string;
      readonly target: NodeId;
      readonly request:
        | {
            readonly kind: 'append';
            readonly entryCount: number;
            readonly payloadBytes: number;
            readonly preview: string;
            readonly expect?: Expectation;
          }
        | {
            readonly kind: 'index-range';
            readonly startIndex: number;
            readonly endIndex: number;
            readonly read: ReadMode;
          };
    }
  | {
      readonly type: 'request-answered';
      readonly requestId: string;
      readonly target: NodeId;
      readonly latencyNs: number;
      readonly outcome:
        | { readonly kind: 'appended'; readonly firstIndex: number; readonly lastIndex: number; readonly term: number }
        | { readonly kind: 'range'; readonly entryCount: number; readonly appliedIndex: number }
        | {
            readonly kind: 'failed';
            readonly code: FailureCode;
            readonly outcomeKnown: boolean;
            readonly message: string;
          };
    }
  | { readonly type: 'command-refused'; readonly command: string; readonly failure: Failure };
