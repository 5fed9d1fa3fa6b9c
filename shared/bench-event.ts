/**
 * What the lab itself reports: acts of a person, and the fates of requests as the client sees them.
 */
import type { ReadMode } from './client-request.ts';
import type { Member, NetworkDelay, Timings } from './cluster-config.ts';
import type { FaultRule, Link } from './fault-rule.ts';
import type { ClusterId, NodeId } from './ids.ts';
import type { Expectation, SessionStamp } from './log-entry.ts';
import type { CheckEvent } from './check-event.ts';
import type { Failure, FailureCode } from './result.ts';
import type { ScenarioEvent } from './scenario-event.ts';
import type { WorkloadEvent } from './workload.ts';

export type NodeStopCause = 'stopped' | 'crashed' | 'failed';

/** What a search for a seed is after. */
export type SoughtEvent = 'split-vote' | 'two-leaders' | 'violation';

export interface SearchProgress {
  readonly type: 'search-progress';
  readonly looking: SoughtEvent;
  /** The one that is tried, or was the last one. */
  readonly seed: number;
  /** How many were tried, of how many at most. */
  readonly tried: number;
  readonly seedsMax: number;
  /** `found` is told in the stream that was there before; the world that is opened tells nothing of the search. */
  readonly state: 'searching' | 'found' | 'not-found' | 'stopped';
}

export type BenchEvent =
  | {
      readonly type: 'cluster-started';
      readonly clusterId: ClusterId;
      readonly members: readonly Member[];
      readonly timings: Timings;
      readonly folder: string;
      /** The real world where it is missing. */
      readonly world?: 'real' | 'simulated';
      /** What is drawn comes from it, where one was given. */
      readonly seed?: number;
      /** What each datagram takes, where one was asked for. */
      readonly networkDelay?: NetworkDelay;
    }
  /** The simulated world goes on at another speed: virtual seconds a second; 0: it is held. */
  | { readonly type: 'pace-changed'; readonly speed: number }
  /** How far a search for a seed has come; now and then, and once when it is over. Of what it tries nothing is told. */
  | SearchProgress
  | { readonly type: 'cluster-stopped'; readonly reason: string }
  | { readonly type: 'ports-moved'; readonly wanted: number; readonly got: number; readonly reason: string }
  | { readonly type: 'node-launched'; readonly target: NodeId }
  /** The thread of a node has ended. `crashed`: a person killed it; `failed`: it ended by itself, `reason` says why. */
  | { readonly type: 'node-ended'; readonly target: NodeId; readonly cause: NodeStopCause; readonly reason: string }
  | { readonly type: 'link-cut'; readonly link: Link; readonly faultRule: string }
  | { readonly type: 'link-healed'; readonly link: Link; readonly faultRule: string }
  | FaultEvent
  | CheckEvent
  | WorkloadEvent
  | ScenarioEvent
  | {
      readonly type: 'request-sent';
      readonly requestId: string;
      readonly target: NodeId;
      /** Which client asks, where there are several. */
      readonly client?: number;
      readonly request:
        | {
            readonly kind: 'append';
            readonly entryCount: number;
            readonly payloadBytes: number;
            readonly preview: string;
            readonly expect?: Expectation;
            readonly session?: SessionStamp;
            /** A number for each payload, equal for equal ones; without them the check of the clients' history says `evidence-lost`. */
            readonly digests?: readonly number[];
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
      /** As in `request-sent`. */
      readonly client?: number;
      readonly latencyNs: number;
      readonly outcome:
        | { readonly kind: 'appended'; readonly firstIndex: number; readonly lastIndex: number; readonly term: number }
        | {
            readonly kind: 'range';
            readonly entryCount: number;
            readonly appliedIndex: number;
            /** When a limit cut the answer: where it goes on. */
            readonly continueAt?: number;
            /** The client entries that were answered, all or none of them; `digest` as in `request-sent`. */
            readonly entries?: readonly { readonly index: number; readonly term: number; readonly digest: number }[];
          }
        | {
            readonly kind: 'failed';
            readonly code: FailureCode;
            readonly outcomeKnown: boolean;
            readonly message: string;
            /** With `conflict`: the actual last client entry. */
            readonly lastClientEntry?: { readonly index: number; readonly term: number };
            /** With `compacted`: the first index that is still held. */
            readonly firstIndex?: number;
          };
    }
  | { readonly type: 'command-refused'; readonly command: string; readonly failure: Failure };

/** What is done to a node, its disk or its clock. `healed` ends what goes on: a disk is sound again, a clock runs true. */
export type NodeFault =
  | 'power-cut'
  | 'pause'
  | 'resume'
  | 'wipe'
  | 'slow-disk'
  | 'stuck-disk'
  | 'failing-disk'
  | 'full-disk'
  | 'clock-rate'
  | 'clock-jump'
  | 'healed';

/** What a fault of a node did to one request of it. */
export type NodeFaultAct = 'flush-delayed' | 'flush-stuck' | 'flush-released' | 'flush-failed' | 'write-refused';

/** Faults other than cuts: set, cleared, and each act of them. What rules do to datagrams is told by the network's events. */
export type FaultEvent =
  /** From now on the rule is in force, in the place of one of the same id. `description` is a sentence for people. */
  | {
      readonly type: 'fault-set';
      readonly faultRule: string;
      readonly fault: FaultRule;
      readonly description: string;
    }
  | { readonly type: 'fault-cleared'; readonly faultRule: string }
  /** `faultRule` names the fault in the acts that follow from it: `slow-disk 2`. */
  | {
      readonly type: 'node-fault';
      readonly target: NodeId;
      readonly fault: NodeFault;
      readonly faultRule: string;
      readonly reason: string;
      /** With `clock-rate`: how much faster than true time its clock runs from now on. */
      readonly partsPerMillion?: number;
      /** With `clock-jump`. */
      readonly byMs?: number;
    }
  | {
      readonly type: 'node-fault-acted';
      readonly target: NodeId;
      readonly faultRule: string;
      readonly act: NodeFaultAct;
      /** How long it takes longer; 0 where that is not the point. */
      readonly delayNs: number;
    };
