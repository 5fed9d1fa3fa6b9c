/**
 * What an export is: a fold over events that gives the pieces of a file as it goes. It keeps no more than it needs for what
 * is still open, so that a session of any length is exported in bounded memory.
 */
import type { PlacedEvent } from '../../../shared/query.ts';

/** What a file says of where it comes from. */
export interface ExportFacts {
  /** Names the stream. */
  readonly session: string;
  /** Of the application that exports. */
  readonly version: string;
  /** The wall clock at `timeNs` 0, in ms since 1970 UTC. */
  readonly epochMs: number;
}

export type Piece = string | Uint8Array;

export interface Exporter {
  /** What stands in front. */
  begin(): Piece;
  /** The next event, in merged order. @returns what can be written by now, possibly of earlier ones; empty when nothing */
  take(placed: PlacedEvent): Piece;
  /** What stands behind, once nothing more comes. */
  end(): Piece;
}

export const formats = ['jsonl', 'csv', 'requests', 'log', 'pcapng', 'shiviz', 'jepsen', 'porcupine'] as const;

export type ExportFormat = (typeof formats)[number];
