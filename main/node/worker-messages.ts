/**
 * What passes between the lab and a node's worker thread.
 */
import type { Address, Member, NetworkDelay, Timings } from '../../shared/cluster-config.ts';
import type { ClientAnswer, ClientRequest } from '../../shared/client-request.ts';
import type { Server } from '../../shared/configuration.ts';
import type { BootId, ClusterId, NodeId } from '../../shared/ids.ts';
import type { DiskSetting } from '../../shared/fault-command.ts';
import type { FaultRule } from '../../shared/fault-rule.ts';
import type { LabEvent, NodeStopCause } from '../../shared/event.ts';
import type { RuleId } from '../../shared/rules.ts';
import type { HeldEntry } from '../../shared/query.ts';
import type { Result } from '../../shared/result.ts';

/** `workerData` of a node's thread. */
export interface NodeOptions {
  readonly id: NodeId;
  /** All members, this node among them; its own address says where to listen (port 0: any free one). */
  readonly members: readonly Member[];
  /** The node's own data folder; created when missing. */
  readonly folder: string;
  readonly clusterId: ClusterId;
  /** What the cluster's servers share, `clusterKeyBytes` bytes. */
  readonly key: Uint8Array;
  readonly timings: Timings;
  /** Seed of the core's randomness (election timeouts): any 32-bit integer. */
  readonly seed: number;
  /** `process.hrtime.bigint()` that counts as time 0 of the stream, the same for all nodes of a lab. */
  readonly clockOriginNs: bigint;
  readonly faultRules: readonly FaultRule[];
  /** Of what the faults draw: any 32-bit integer. Default 0. */
  readonly faultSeed?: number;
  /** What each datagram to it takes on its way. Default: no longer than it does. */
  readonly networkDelay?: NetworkDelay;
  /** What the disk is like from the start. Default sound. */
  readonly disk?: DiskSetting;
  /** How much faster its clock runs from the start. Default 0. */
  readonly clockPartsPerMillion?: number;
  /** Of a `PauseCell`, for one who wants to hold the thread. */
  readonly pause?: SharedArrayBuffer;
  /** Who votes until the log says otherwise, each with its folder. Default: all members, with whatever folders they have. */
  readonly voters?: readonly Server[];
  /** A folder that is new counts its boots from behind this one. Default 0. */
  readonly bootAfter?: BootId;
  /** Default `limits.snapshotEveryEntries`. */
  readonly snapshotEveryEntries?: number;
  /** Rules of Raft that are off from the start. Default none. */
  readonly rulesOff?: readonly RuleId[];
  /** The lab's Lamport number at the launch: the node's own numbers begin above it, so that the launch stands before its effects. Default 0. */
  readonly lamport?: number;
}

/** `lamport`, where given, is that of the lab's act: the node's clock goes above it, as with a received datagram. */
export type ToNode =
  | {
      readonly type: 'request';
      readonly requestId: string;
      readonly request: ClientRequest;
      readonly timeoutMs: number;
      readonly lamport?: number;
    }
  /** Asks for the entry as it is held now. Nothing is told of it. */
  | { readonly type: 'held-entry'; readonly requestId: string; readonly index: number; readonly lamport?: never }
  /** Replaces all fault rules in force on this node. */
  | { readonly type: 'fault-rules'; readonly rules: readonly FaultRule[]; readonly lamport?: number }
  /** Other rules of Raft or timings from now on; what is not given stays. */
  | {
      readonly type: 'configure';
      readonly rulesOff?: readonly RuleId[];
      readonly timings?: Timings;
      readonly lamport?: number;
    }
  | { readonly type: 'disk'; readonly disk: DiskSetting; readonly lamport?: number }
  /** Another rate, a jump, or both. */
  | {
      readonly type: 'clock';
      readonly partsPerMillion?: number;
      readonly jumpByMs?: number;
      readonly lamport?: number;
    }
  /** Stand still as long as the `PauseCell` says so; `paused` is told just before. */
  | { readonly type: 'pause'; readonly lamport?: number }
  /** The machine's power goes within a moment: `ended` with `crashed`. */
  | { readonly type: 'power-cut'; readonly lamport?: number }
  /** Close cleanly: answer what waits, flush, leave; the thread ends with code 0 after `ended`. */
  | { readonly type: 'stop'; readonly lamport?: number };

export type FromNode =
  /** The node listens and takes requests. Only the events of its start, `node-started` first, come before this. */
  | { readonly type: 'ready'; readonly address: Address }
  | { readonly type: 'events'; readonly events: readonly LabEvent[] }
  /** The events that led to it were delivered before. */
  | { readonly type: 'answer'; readonly requestId: string; readonly result: Result<ClientAnswer> }
  | { readonly type: 'held-entry'; readonly requestId: string; readonly result: Result<HeldEntry> }
  /** All its events up to here were delivered; the thread stands still now. */
  | { readonly type: 'paused' }
  /** The last message. `stopped`, `crashed` (its power): as asked. `failed`: the node gave up; `reason` is a sentence for a person. */
  | { readonly type: 'ended'; readonly cause: NodeStopCause; readonly reason: string; readonly code: EndCode };

/** Why a node ended, for the lab to act on: `port-taken` makes it try the next block of ports. */
export type EndCode =
  | 'asked'
  | 'port-taken'
  | 'address-unusable'
  | 'folder-locked'
  | 'folder-unusable'
  | 'log-damaged'
  | 'disk-failed'
  | 'assertion'
  | 'internal';
