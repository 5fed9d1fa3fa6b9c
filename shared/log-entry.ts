/**
 * What stands in a replicated log (Raft §5.3): at each index a term and an opaque payload.
 */

/**
 * - `client`: an entry that a client appended.
 * - `noop`: the entry that a new leader appends to commit what earlier terms left (Raft §8).
 */
export type EntryKind = 'client' | 'noop';

/** Makes an append conditional: the last *client* entry that the client has seen, (0, 0) for none. */
export interface Expectation {
  readonly prevLogIndex: number;
  readonly prevLogTerm: number;
}

export interface LogEntry {
  /** 1-based position in the log. */
  readonly index: number;
  /** The term of the leader that created it. */
  readonly term: number;
  readonly kind: EntryKind;
  /** Opaque to Raft; empty for internal entries. */
  readonly payload: Uint8Array;
  /** Judged when the entry is applied; an entry whose expectation fails stays in the log without effect. */
  readonly expect?: Expectation;
  /** True for the second and later entries of one append request: they share the fate of the first. */
  readonly continues?: boolean;
}

/** An entry before a leader gives it its place. */
export type EntryDraft = Omit<LogEntry, 'index' | 'term'>;

/** What an entry adds to a message beside its payload: index, term, kind, flags and framing, generously counted. Bytes. */
export const entryOverheadBytes = 48;

/** What the entry costs in a message or in memory, in bytes. */
export function entryBytes(entry: { readonly payload: Uint8Array }): number {
  return entry.payload.byteLength + entryOverheadBytes;
}
