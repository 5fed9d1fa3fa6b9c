/** What a run over real sockets is given, and what it finds. */
import type { start } from '../../node/start.ts';

/** What the built library gives. */
export interface Library {
  readonly start: typeof start;
}
export interface SocketOptions {
  readonly library: Library;
  readonly folder: string;
  /** Where the three servers listen: ports of 127.0.0.1. */
  readonly ports: readonly number[];
  readonly count: number;
  readonly seed: number;
}

export interface SocketReport {
  readonly sent: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly toldAsCounts: number;
  /** What the system threw away before the servers could see it. */
  readonly overflowed: number;
  readonly appends: number;
  readonly problems: readonly string[];
}
