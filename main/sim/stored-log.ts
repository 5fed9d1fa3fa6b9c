/**
 * What a folder in memory holds.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { HardState } from '../ports.ts';

export interface StoredSnapshot {
  readonly meta: SnapshotMeta;
  readonly data: Uint8Array;
}

/** The log of a folder and the snapshot before it. `entries[0]` is the one behind `base`. */
export interface StoredLog {
  base: { index: number; term: number };
  entries: LogEntry[];
  snapshot: StoredSnapshot | null;
}

/** How to take one write back that is not durable yet. */
export interface Undo {
  readonly hardState: HardState | undefined;
  /** The log before a snapshot was installed. */
  readonly log: StoredLog | undefined;
  readonly truncated: { readonly fromIndex: number; readonly entries: readonly LogEntry[] } | undefined;
  readonly appended: number;
}
