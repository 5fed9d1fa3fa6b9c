/**
 * The disk under a core in a test: what a power cut leaves, and snapshots as bytes.
 */
import type { Configuration, SnapshotMeta } from '../../shared/configuration.ts';
import type { TermRun } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { EntryKind, LogEntry } from '../../shared/log-entry.ts';

export interface CoreSnapshot {
  readonly meta: SnapshotMeta;
  readonly data: Uint8Array;
}

/** What a power cut leaves. */
export interface Disk {
  /** Which folder it is. */
  storage: number;
  boot: number;
  term: number;
  votedFor: NodeId | null;
  /** All entries, those that are compacted too: a snapshot stands for them. */
  log: LogEntry[];
  /** Entries up to here are in the snapshot only. */
  compacted: number;
  snapshot: CoreSnapshot | null;
}

/** The number of the first folder that server `id` has. */
export function storageOf(id: NodeId): number {
  return 100 + id;
}

export function newDisk(id: NodeId): Disk {
  return { storage: storageOf(id), boot: 0, term: 0, votedFor: null, log: [], compacted: 0, snapshot: null };
}

type Line = readonly [term: number, kind: EntryKind, payload: string, configuration?: Configuration];

/** The state machine of these tests, as bytes: what was applied, in order. Equal states give equal bytes. */
export function encodeSnapshot(applied: readonly LogEntry[]): Uint8Array {
  const lines = applied.map(({ term, kind, payload, configuration }): Line => {
    const text = new TextDecoder().decode(payload);
    return configuration ? [term, kind, text, configuration] : [term, kind, text];
  });
  return new TextEncoder().encode(JSON.stringify(lines));
}

export function decodeSnapshot(data: Uint8Array): LogEntry[] {
  const lines = JSON.parse(new TextDecoder().decode(data)) as readonly Line[];
  return lines.map(([term, kind, text, configuration], position) => ({
    index: position + 1,
    term,
    kind,
    payload: new TextEncoder().encode(text),
    ...(configuration ? { configuration } : {}),
  }));
}

/** True when both are the same entry: of one term, with one content. */
export function isSameEntry(left: LogEntry | undefined, right: LogEntry | undefined): boolean {
  if (left === right) return true;
  if (!left || !right || left.term !== right.term || left.kind !== right.kind) return false;
  return isSameBytes(left.payload, right.payload) && isSameConfiguration(left.configuration, right.configuration);
}

function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left === right || (left.length === right.length && left.every((byte, at) => byte === right[at]));
}

export function isSameConfiguration(left: Configuration | undefined, right: Configuration | undefined): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

/** The terms of a log as the core wants them; `compacted` entries stand before its first. */
export function termRunsOf(log: readonly { readonly term: number }[], compacted = 0): TermRun[] {
  return log.flatMap(({ term }, position) =>
    log[position - 1]?.term === term ? [] : [{ term, firstIndex: compacted + position + 1 }],
  );
}
