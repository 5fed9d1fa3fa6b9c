/**
 * A plan: everything that is done to a simulated cluster, and when. It is drawn from the seed before the run begins, so
 * that it can be made smaller act by act; what the run itself draws (latencies, losses, election timeouts) comes from
 * streams of their own that do not shift when an act is left out.
 */
import type { ReadMode } from '../../shared/client-request.ts';
import type { Timings } from '../../shared/cluster-config.ts';
import type { FaultAction } from '../../shared/fault-rule.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { MessageKind } from '../../shared/raft-message.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { Tuning } from '../raft/state.ts';
import type { FlushTimes } from './memory-storage.ts';
import type { Latency } from './network.ts';

/** What a cluster is made of and how fast its parts are. */
export interface Setting {
  /** `upper`: messages and logs as they are. `bytes`: the real codec, transport, log and recovery over simulated bytes. */
  readonly level: 'upper' | 'bytes';
  readonly timings: Timings;
  readonly latency: Latency;
  readonly flush: FlushTimes;
  readonly tuning: Partial<Tuning>;
  readonly snapshotEveryEntries: number;
  /** Client sessions at once. */
  readonly sessionsMax: number;
  readonly rulesOff: readonly RuleId[];
}

export interface Plan {
  readonly seed: number;
  /** Voters at the start: 0 to `servers` − 1. */
  readonly servers: number;
  /** Servers behind them that run and may be added. */
  readonly spares: number;
  /** Acts happen in this time; then faults stop. */
  readonly durationMs: number;
  readonly setting: Setting;
  /** Ascending in time. */
  readonly acts: readonly TimedAct[];
}

export interface TimedAct {
  readonly atMs: number;
  readonly act: Act;
}

export type ClientAct =
  | {
      readonly kind: 'append';
      readonly client: number;
      readonly node: NodeId;
      /** Payload bytes of each entry. */
      readonly payloads: readonly number[];
      /** On condition that the last client entry is the one that this client saw last. */
      readonly expect: boolean;
      /** In the client's session, if it has one. */
      readonly session: boolean;
      /** Sent to this node as well at once, under the same number of the session. */
      readonly copyTo: NodeId | null;
      /** How often it is sent again, to the next node, while its outcome is unknown. Only within a session. */
      readonly asksAgain: number;
      readonly timeoutMs: number;
    }
  | {
      readonly kind: 'read';
      readonly client: number;
      readonly node: NodeId;
      readonly mode: ReadMode;
      /** So many entries before the last one that the client knows, and everything behind it. */
      readonly back: number;
      readonly timeoutMs: number;
    }
  | { readonly kind: 'open-session'; readonly client: number };

export type MembershipAct = {
  readonly kind: 'change-membership';
  readonly mode: 'joint' | 'single-server';
  /**
   * `add`, `remove`, `learn`: that server. `replace`: every member that lost its folder. `remove-leader`. `swap`: all of
   * `servers` at once.
   */
  readonly change: 'add' | 'remove' | 'learn' | 'replace' | 'remove-leader' | 'swap';
  readonly servers: readonly NodeId[];
};

export type AdministratorAct =
  | MembershipAct
  | { readonly kind: 'transfer'; readonly to: NodeId }
  | { readonly kind: 'set-retention'; readonly retainEntries: number };

/** A server, or whoever leads when it happens. */
export type Target = NodeId | 'leader';

/** Whatever has `forMs` ends by itself. */
export type FaultAct =
  /** Nobody hears it, and it hears nobody; with `oneWay` it still hears the others. */
  | { readonly kind: 'isolate'; readonly node: Target; readonly oneWay: boolean; readonly forMs: number }
  /** Only these groups hear each other. */
  | { readonly kind: 'partition'; readonly groups: readonly (readonly NodeId[])[]; readonly forMs: number }
  | {
      readonly kind: 'link';
      readonly from: NodeId;
      readonly to: NodeId;
      readonly action: FaultAction;
      readonly messageKinds: readonly MessageKind[] | null;
      readonly forMs: number;
    }
  /**
   * The next server that is elected, or that commits as the leader, is cut off a moment later, together with the first
   * other one of `companions`. Waits so long for one.
   */
  | {
      readonly kind: 'trap';
      readonly on: 'elected' | 'commits';
      readonly companions: readonly NodeId[];
      readonly delayMs: number;
      readonly cutMs: number;
      readonly forMs: number;
    }
  /** On every link at once. */
  | { readonly kind: 'weather'; readonly action: FaultAction; readonly forMs: number }
  | { readonly kind: 'crash' | 'power-cut' | 'stop' | 'wipe'; readonly node: Target; readonly forMs: number }
  /** The power of all servers at once. */
  | { readonly kind: 'blackout'; readonly forMs: number }
  | { readonly kind: 'pause'; readonly node: Target; readonly forMs: number }
  | {
      readonly kind: 'disk';
      readonly node: Target;
      readonly fault: 'slow' | 'stuck' | 'failing-flush' | 'failing-write' | 'full';
      /** `slow`: at most so much longer. */
      readonly byMs: number;
      readonly forMs: number;
    }
  | { readonly kind: 'clock-rate'; readonly node: NodeId; readonly partsPerMillion: number; readonly forMs: number }
  | { readonly kind: 'clock-jump'; readonly node: NodeId; readonly byMs: number };

/**
 * Asks something of whoever leads now. `keeps-office`: it leads all the time, as long as its process lives. `gives-up`: when
 * the time is over it does not lead any more.
 */
export type WatchAct = { readonly kind: 'keeps-office' | 'gives-up'; readonly forMs: number };

export type Act = ClientAct | AdministratorAct | FaultAct | WatchAct;

export function isClientAct(act: Act): act is ClientAct {
  return act.kind === 'append' || act.kind === 'read' || act.kind === 'open-session';
}

export function isAdministratorAct(act: Act): act is AdministratorAct {
  return act.kind === 'change-membership' || act.kind === 'transfer' || act.kind === 'set-retention';
}

export function isWatchAct(act: Act): act is WatchAct {
  return act.kind === 'keeps-office' || act.kind === 'gives-up';
}
