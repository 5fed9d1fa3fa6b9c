/**
 * What the network reports: datagrams that leave, arrive, and are kept back.
 */
import type { Address } from './cluster-config.ts';
import type { BootId, NodeId } from './ids.ts';
import type { MessageKind } from './raft-message.ts';

/** What is in a datagram, for the person who watches. Only the fields that its kind has. */
export interface MessageSummary {
  readonly kind: MessageKind;
  readonly term?: number;
  readonly round: number;
  /** AppendEntries: entries prevLogIndex + 1 … prevLogIndex + entryCount. */
  readonly prevLogIndex?: number;
  readonly prevLogTerm?: number;
  readonly entryCount?: number;
  readonly leaderCommit?: number;
  readonly matchIndex?: number;
  readonly lastLogIndex?: number;
  readonly lastLogTerm?: number;
  /** InstallSnapshot and its reply. */
  readonly lastIncludedIndex?: number;
  readonly offset?: number;
  readonly totalBytes?: number;
  readonly byteCount?: number;
  /** ClientCall and its reply: the requests that it brings, or answers. */
  readonly requestCount?: number;
  /** Replies: granted, accepted. */
  readonly success?: boolean;
}

/** Why a datagram was not taken in. */
export type RefusalReason =
  | 'not-ours'
  | 'version'
  | 'cluster'
  | 'malformed'
  | 'too-large'
  | 'unauthenticated'
  | 'unknown-sender'
  | 'misdirected'
  | 'stale'
  | 'replayed'
  | 'absurd';

/** Which part of a large message a datagram carries. */
export interface FragmentPlace {
  /** The sender's number for the message: that of the datagram that began it. */
  readonly message: number;
  /** 0 … `count` − 1. */
  readonly index: number;
  readonly count: number;
}

/** What a fault rule does to a datagram that it lets through. */
export type DatagramFaultAct = 'delayed' | 'reordered' | 'duplicated' | 'corrupted';

/**
 * What the network reports. Datagrams are numbered per sender, its boot, and receiver: these and the number name a datagram at
 * both ends.
 */
export type NetEvent =
  | {
      readonly type: 'datagram-sent';
      readonly to: NodeId;
      readonly datagram: number;
      readonly uuid: string;
      readonly bytes: number;
      /** At the receiver, all but the part that completes a message say its kind and round only. */
      readonly message: MessageSummary;
      readonly fragment?: FragmentPlace;
    }
  | {
      readonly type: 'datagram-received';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly datagram: number;
      readonly uuid: string;
      readonly bytes: number;
      /** At the receiver, all but the part that completes a message say its kind and round only. */
      readonly message: MessageSummary;
      readonly fragment?: FragmentPlace;
    }
  /** A fault rule did something to it on the way, other than keeping it from the node; it is received later, or refused. */
  | {
      readonly type: 'datagram-faulted';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly datagram: number;
      readonly faultRule: string;
      readonly act: DatagramFaultAct;
      /** `delayed`, `reordered`: by how much; one event per copy. Otherwise 0. */
      readonly delayNs: number;
    }
  /** A fault rule kept it from the node. */
  | {
      readonly type: 'datagram-dropped';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly datagram: number;
      readonly faultRule: string;
    }
  | {
      readonly type: 'datagram-refused';
      readonly address: Address;
      readonly bytes: number;
      readonly why: RefusalReason;
      readonly reason: string;
    }
  /** More datagrams of a second than are told one by one, `limits.toldPerSecondMax` for each `why`; `count` of them. */
  | {
      readonly type: 'datagrams-refused';
      readonly why: RefusalReason;
      readonly count: number;
      readonly bytes: number;
      /** Of the latest one. */
      readonly address: Address;
      readonly reason: string;
    }
  /**
   * What transports say to each other for themselves is not in the stream; past `limits.controlsUntoldPerSecondMax` in a
   * second it is counted. A large message has many of them; somebody who replays greetings makes many too.
   */
  | {
      readonly type: 'controls-counted';
      readonly count: number;
      readonly bytes: number;
      /** Of the latest one. */
      readonly address: Address;
    }
  /**
   * So many datagrams that `from` sent to this node since this was last told, at most once a second, have not come, by its
   * numbers. What comes later is subtracted from the next count.
   */
  | {
      readonly type: 'datagrams-missing';
      readonly from: NodeId;
      readonly fromBoot: BootId;
      readonly count: number;
      /** Of all that it sent in this boot since it was first heard. */
      readonly missing: number;
      /** How many of anyone's this node's own system threw away since the last time, its buffer full; where it says so. */
      readonly overflowed?: number;
    }
  /** The system would not send it, or it can't be sent: then its number is 0. The protocol repeats what matters. */
  | { readonly type: 'send-failed'; readonly to: NodeId; readonly datagram: number; readonly reason: string }
  /** More of a second than are told one by one. */
  | { readonly type: 'sends-failed'; readonly to: NodeId; readonly count: number; readonly reason: string };
