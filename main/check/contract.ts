/**
 * The checks' contract. A check is a fold over the one stream of events, or over the clients' history that was folded
 * from it; it never looks into a server.
 *
 * `new SafetyMonitor(options)`: feed it every event in merged order (`observe`), ask for `verdicts` at any time, call `finish` at
 * the end of the stream.
 * `new HistoryRecorder()`: feed it the same events, take `operations` from it, hand them to `checkHistory`.
 */
import type { EventName } from '../../shared/check-event.ts';
import type { ReadMode } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Expectation, SessionStamp } from '../../shared/log-entry.ts';
import type { FailureCode } from '../../shared/result.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { PromiseId } from '../../shared/promises.ts';
import type { PromiseVerdict } from '../../shared/verdict.ts';

export type { PromiseVerdict, Verdict } from '../../shared/verdict.ts';

export interface Violation {
  readonly promise: PromiseId;
  /** The rule that guards it most directly; of a rule that is off and was passed over, that one. */
  readonly rule?: RuleId;
  /** What happened, with names and numbers, for a person. */
  readonly sentence: string;
  /** Those in conflict, in their order. Empty only where the history was made without events. */
  readonly events: readonly EventName[];
}

export interface SafetyMonitorOptions {
  /**
   * A server that crashes takes the last events that it reported with it (real threads), and others may be lost on the way. Then
   * a quorum that seems to lack a server waits for what that server says next. A simulator loses none and says false. Default true.
   */
  readonly crashMayLoseEvents?: boolean;
  /** Violations kept per promise; further ones are counted. Default 20. */
  readonly violationsMax?: number;
  /** The event of the lab before the first one that is observed, where the lab has said something before. */
  readonly after?: EventName;
  /** Entries of each bounded table (leaders, votes, digests, terms of a log); what falls out is lost evidence. Default 100,000. */
  readonly tableMax?: number;
}

/** Stands for a payload: equal for equal payloads, different for different ones. Whoever reports requests chooses how; below 2^53. */
export type PayloadDigest = number;

/** A client entry that had its effect, as a read answered it. */
export interface SeenEntry {
  readonly index: number;
  readonly term: number;
  readonly digest: PayloadDigest;
}

interface OperationBase {
  readonly requestId: string;
  /** Who asked; operations of one client need not be in sequence. */
  readonly client?: number;
  /** Which server was asked. */
  readonly target?: NodeId;
  /** When it left the client, ns; the scale is that of `timeNs`. */
  readonly invokedNs: number;
  /** When the answer arrived; `Infinity` while there is none. */
  readonly completedNs: number;
  /** `request-sent` and, if there is one, `request-answered`. */
  readonly events?: readonly EventName[];
}

export interface AppendOperation extends OperationBase {
  readonly kind: 'append';
  /** One per entry. */
  readonly digests: readonly PayloadDigest[];
  readonly expect?: Expectation;
  readonly session?: SessionStamp;
  readonly outcome:
    | { readonly kind: 'ok'; readonly firstIndex: number; readonly lastIndex: number; readonly term: number }
    /** Refused for its `expect`; what the last client entry was instead, where the answer says so. */
    | { readonly kind: 'conflict'; readonly last?: { readonly index: number; readonly term: number } }
    /** It is certain that it had no effect. */
    | { readonly kind: 'failed'; readonly code: FailureCode }
    /** It may have had its effect, or may still have it. */
    | { readonly kind: 'unknown' };
}

export interface ReadOperation extends OperationBase {
  readonly kind: 'read';
  readonly mode: ReadMode;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly outcome:
    | {
        readonly kind: 'ok';
        /** Everything up to here was applied at the answering server: the moment that the read shows. */
        readonly appliedIndex: number;
        /** How many entries were answered. */
        readonly entryCount: number;
        /** Client entries with an effect, ascending. Missing where the stream does not carry them. */
        readonly entries?: readonly SeenEntry[];
        /** When a limit cut the answer: where it goes on. */
        readonly continueAt?: number;
      }
    /** The range begins before the first index that the server still held. */
    | { readonly kind: 'compacted'; readonly firstIndex?: number }
    | { readonly kind: 'failed' };
}

/** Asks that entries may be dropped. Not in the stream; whoever asks hands it to `checkHistory` with the others. */
export interface RetentionOperation extends OperationBase {
  readonly kind: 'set-retention';
  readonly retainEntries: number;
}

export type Operation = AppendOperation | ReadOperation | RetentionOperation;

/** A span of true time, ns, on the scale of `timeNs`. */
export interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

export interface HistoryOptions {
  /**
   * The log at the end, where it is known: client entries with an effect from `firstIndex` to `lastIndex`, both included, complete.
   * With it nothing remains unknown; without it an append of unknown outcome that no read shows explains what it can.
   */
  readonly finalLog?: {
    readonly firstIndex: number;
    readonly lastIndex: number;
    readonly entries: readonly SeenEntry[];
  };
  /**
   * When clocks drifted beyond `limits.clockDriftPercentMax`, each span up to one lease behind its end. A stale lease read in
   * such a span is counted as `promiseVoid` and is no violation.
   */
  readonly driftSpans?: readonly Span[];
  /** Rules that are off and were passed over, the latest last (`SafetyMonitor.waived`): a violation names the one that guards it. */
  readonly waived?: readonly RuleId[];
  /** Requests are missing: no verdict is `held`, and what is seen is judged only where nothing missing could explain it. */
  readonly incomplete?: boolean;
  /** Violations kept; further ones are counted. Default 20. */
  readonly violationsMax?: number;
}

export interface HistoryViolation extends Violation {
  /** Those in conflict, by their request ids. */
  readonly requestIds: readonly string[];
}

export interface HistoryVerdict {
  /** One for each of `historyPromises`. */
  readonly verdicts: readonly PromiseVerdict[];
  readonly violations: readonly HistoryViolation[];
  /** Lease reads that were stale while clocks drifted beyond the bound: no promise was made, none is broken. */
  readonly promiseVoid: number;
  readonly counts: {
    readonly appends: number;
    readonly unknown: number;
    /** Appends of unknown outcome that turned out to have had their effect. */
    readonly revealed: number;
    readonly refused: number;
    readonly reads: number;
  };
}
