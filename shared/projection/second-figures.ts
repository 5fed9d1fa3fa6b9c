/** What a second of the stream amounts to: for charts, and for pictures of spans too long to draw each datagram. */
import type { NodeId } from '../ids.ts';

/** Of one server, in one second. */
export interface NodeSecond {
  readonly node: NodeId;
  readonly sent: number;
  readonly received: number;
  /** Kept back by faults at this server, missing, or refused. */
  readonly lost: number;
}

export interface SecondFigures {
  /** The second from `second` · 10⁹ ns on. */
  readonly second: number;
  readonly nodes: readonly NodeSecond[];
  /** Bytes of datagrams sent. */
  readonly bytes: number;
  readonly elections: number;
  /** Entries whose append was answered. */
  readonly appended: number;
  readonly reads: number;
  /** Requests that failed. */
  readonly failed: number;
  /** Of requests that were answered in this second, all outcomes but failures; null when there was none. Nanoseconds. */
  readonly latencyNs: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  } | null;
  /** The highest index that any server has committed by the end of the second. */
  readonly commitIndex: number;
}
