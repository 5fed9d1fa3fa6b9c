/**
 * What a transport asks of the fault rules, and what they say. Rules and transports do not know each other.
 */
import type { DatagramFaultAct } from '../shared/event.ts';
import type { NodeId } from '../shared/ids.ts';
import type { DatagramKind } from './ports.ts';

/** One arrival of a datagram that fault rules alter. */
export interface DatagramCopy {
  /** How much later than without rules; whole nanoseconds. */
  readonly delayNs: number;
  /** Gives a copy of its bytes with some bits flipped; null for a datagram that is not harmed. */
  readonly damage: ((bytes: Uint8Array) => Uint8Array) | null;
}

/** Something that a fault rule does to a datagram that it lets through. */
export interface DatagramAct {
  readonly faultRule: string;
  readonly act: DatagramFaultAct;
  /** `delayed`, `reordered`: by how much; one act per copy. Otherwise 0. */
  readonly delayNs: number;
}

/** What the fault rules in force say about a datagram that has arrived. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'drop'; readonly faultRule: string }
  | {
      readonly kind: 'alter';
      /** When it was judged: what the delays count from. */
      readonly nowNs: number;
      /** At least one; the first one is the datagram itself. */
      readonly copies: readonly DatagramCopy[];
      /** At least one. */
      readonly acts: readonly DatagramAct[];
    };

/**
 * Asked by the transport for every datagram of a member, after its header was read and before anything is delivered.
 * `nowNs` is the transport's clock, for whom a rule needs the time; delays are carried out by it.
 */
export type AdmitDatagram = (from: NodeId, kind: DatagramKind, byteCount: number, nowNs: () => number) => Verdict;
