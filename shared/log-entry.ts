/**
 * What stands in a replicated log (Raft §5.3): at each index a term and an opaque payload.
 */
import type { Configuration } from './configuration.ts';

/**
 * - `client`: an entry that a client appended.
 * - `noop`: the entry that a new leader appends to commit what earlier terms left (Raft §8).
 * - `configuration`: who belongs to the cluster from here on (Raft §6).
 * - `session`: opens a client session; its index is the session's id (dissertation §6.3).
 * - `retention`: from here on, how many entries each server keeps.
 */
export type EntryKind = 'client' | 'noop' | 'configuration' | 'session' | 'retention';

/** Makes an append conditional: the last *client* entry that the client has seen, (0, 0) for none. */
export interface Expectation {
  readonly prevLogIndex: number;
  readonly prevLogTerm: number;
}

/** Whose request it is, so that a request that is repeated takes effect once (dissertation §6.3). */
export interface SessionStamp {
  /** Index of the entry that opened the session. */
  readonly sessionId: number;
  /** 1, 2, 3 … per session; a repeated request has its number again. */
  readonly sequence: number;
  /** The client has the answers to everything below this, and will not ask again. */
  readonly lowestOpen: number;
}

export interface LogEntry {
  /** 1-based position in the log. */
  readonly index: number;
  /** The term of the leader that created it. */
  readonly term: number;
  readonly kind: EntryKind;
  /** Opaque to Raft; empty for internal entries. */
  readonly payload: Uint8Array;
  /** Judged when the entry is applied; an entry whose expectation fails stays in the log without effect. On a request's first entry. */
  readonly expect?: Expectation;
  /** On a request's first entry. */
  readonly session?: SessionStamp;
  /** True for the second and later entries of one append request: they share the fate of the first. */
  readonly continues?: boolean;
  /** True for all but the last entry of one append request. A request takes effect as a whole, when its last entry is applied. */
  readonly more?: boolean;
  /** Of an entry of kind `configuration`, and of no other. */
  readonly configuration?: Configuration;
  /** Of an entry of kind `retention`, and of no other: how many entries each server keeps; 0 keeps everything. */
  readonly retainEntries?: number;
}

/**
 * An entry of a request of one entry without a condition: nearly every entry is one. All of them are made here, so that they
 * look alike to the engine that runs this: code that goes through thousands of them is several times faster then.
 */
export function simpleEntry(index: number, term: number, payload: Uint8Array, session?: SessionStamp): LogEntry {
  return session ? { index, term, kind: 'client', payload, session } : { index, term, kind: 'client', payload };
}

/** An entry before a leader gives it its place. */
export type EntryDraft = Omit<LogEntry, 'index' | 'term'>;

/** What an entry adds to a message beside its payload: index, term, kind, flags, session and framing, generously counted. Bytes. */
export const entryOverheadBytes = 80;
const serverBytes = 16;

/** What the entry costs in a message or in memory, in bytes. */
export function entryBytes(entry: Pick<LogEntry, 'payload' | 'configuration'>): number {
  const { payload, configuration } = entry;
  if (!configuration) return payload.byteLength + entryOverheadBytes;
  const servers = configuration.voters.length + configuration.outgoing.length + configuration.learners.length;
  return payload.byteLength + entryOverheadBytes + servers * serverBytes;
}
