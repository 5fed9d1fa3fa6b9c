/**
 * What a node asks of the world, at two levels: `Transport` over `Datagrams`, `Storage` over `Files`, and a `Clock`.
 * A simulator runs either the fast upper pair, or the real codec, log and recovery over simulated bytes.
 * Callbacks, no promises: the node host is synchronous.
 */
import type { Address } from '../shared/cluster-config.ts';
import type { PlacedConfiguration, SnapshotMeta } from '../shared/configuration.ts';
import type { BootId, NodeId, StorageId } from '../shared/ids.ts';
import type { LogEntry } from '../shared/log-entry.ts';
import type { MessageKind, RaftMessage } from '../shared/raft-message.ts';
import type { EventBody, TermRun } from '../shared/event.ts';

/** Where a component reports what happened. The host stamps node, boot, sequence, time and Lamport number. */
export type EmitEvent = (event: EventBody) => void;

/** Lower level of the network: bytes to an address. Implemented by UDP, by the fault layer, and by a simulator. */
export interface Datagrams {
  /** Where it really listens (the port that the system chose when 0 was asked for). */
  readonly localAddress: Address;
  /** What may wait to be read, as far as that is known. */
  readonly receiveBufferBytes?: number;
  /** How many datagrams found that full since it was opened, where the system says so. Not for every datagram: it may read a file. */
  overflowed?(): number | undefined;
  /** Hands the bytes to the system. Loss is silent; what the system refuses at once or later goes to `onSendError`. */
  send(bytes: Uint8Array, to: Address): void;
  /**
   * `isFaultCopy`: a fault rule doubled it on purpose, above the window that keeps a network's doubles away. The rules have
   * judged it and are not asked again.
   */
  onDatagram(handler: (bytes: Uint8Array, from: Address, isFaultCopy?: boolean) => void): void;
  /**
   * `bytes` are those given to `send`, unchanged. Where the system does not say which send it speaks of (an error of the
   * socket itself), `bytes` is missing and `to` is the local address.
   */
  onSendError(handler: (error: Error, to: Address, bytes?: Uint8Array) => void): void;
  close(): void;
}

/** The length of the key that the servers of a cluster share. */
export const clusterKeyBytes = 32;

/** What transports say to each other for themselves: who runs since when, and which parts of a message are there. */
export type ControlKind = 'hello' | 'hello-reply' | 'fragments-held';
export type DatagramKind = MessageKind | ControlKind;

/** Upper level of the network: messages to a server. */
export interface Transport {
  /** Fire and forget; may be lost, repeated, reordered. */
  send(to: NodeId, message: RaftMessage): void;
  onMessage(handler: (from: NodeId, message: RaftMessage) => void): void;
  close(): void;
}

/** What a server must never forget (Raft Figure 2, persistent state), except its entries. */
export interface HardState {
  readonly term: number;
  readonly votedFor: NodeId | null;
}

/** What opening a data folder found. */
export interface RecoveredState {
  readonly storageId: StorageId;
  /** Already counted up and durable for this start. */
  readonly boot: BootId;
  readonly hardState: HardState;
  /** The latest whole snapshot, or null. */
  readonly snapshot: SnapshotMeta | null;
  /** The entry before the first that is still held: (0, 0) until the log is compacted. Never behind the snapshot. */
  readonly compacted: { readonly index: number; readonly term: number };
  /** Index of the last entry, `compacted.index` for an empty log. */
  readonly lastIndex: number;
  /** The terms of the entries that are held as runs, ascending. The first run begins at `compacted.index` + 1. */
  readonly termRuns: readonly TermRun[];
  /** `entryBytes` of every entry from `compacted.index` + 1 on. */
  readonly entrySizes: readonly number[];
  /** The configuration entries that are held, ascending. */
  readonly configurations: readonly PlacedConfiguration[];
  /** What was mended on opening, for the stream. */
  readonly repairs: readonly {
    readonly file: string;
    readonly offset: number;
    readonly cutBytes: number;
    readonly reason: string;
  }[];
}

/** A part of a snapshot that another server sends. Offset 0 begins anew; otherwise it continues what was staged. */
export interface SnapshotChunk {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly offset: number;
  readonly data: Uint8Array;
}

/**
 * One loop turn's changes, in the order: hard state, snapshot, truncate, append. If only a part of it reaches the disk, it is the
 * first part, so that no entry stands there with a term above the recorded one.
 */
export interface StorageWrite {
  readonly hardState?: HardState;
  /** The staged snapshot becomes the latest one and takes the place of the whole log: the next entry is `lastIncludedIndex` + 1. */
  readonly installSnapshot?: SnapshotMeta;
  /** Remove this index and everything behind it. */
  readonly truncateFrom?: number;
  /** Consecutive entries that start right behind what is left. */
  readonly entries?: readonly LogEntry[];
}

/** Upper level of the disk: one server's log, term and vote. */
export interface Storage {
  readonly recovered: RecoveredState;
  /**
   * Takes the change in: `readEntries` sees it at once; it is durable only when a later `flush` has answered.
   * @throws StorageError when the disk refuses (full, gone); nothing of this write is then acknowledged.
   */
  write(change: StorageWrite): void;
  /**
   * Makes every earlier `write` durable with one fdatasync and calls `done` once. A failed flush is never retried: what
   * is on disk is unknown from then on, and the node must stop.
   */
  flush(done: (outcome: FlushOutcome) => void): void;
  /**
   * Entries from `firstIndex` on, at least one, at most to `lastIndex`, at most `bytesMax` of `entryBytes` together
   * (the first entry always passes).
   * @throws StorageError when the file cannot be read or an entry is damaged.
   */
  readEntries(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[];
  /**
   * Saves the state machine's state aside and puts it in the place of the former snapshot; `done` when that is durable.
   * One at a time. It removes nothing from the log. One that is older than the snapshot that is there when it would take its
   * place (a newer one was installed meanwhile) is given up, and `done` told that all is well.
   */
  saveSnapshot(meta: SnapshotMeta, data: Uint8Array, done: (outcome: FlushOutcome) => void): void;
  /** Keeps a chunk until `installSnapshot`. What is staged does not survive a restart. */
  stageChunk(chunk: SnapshotChunk): void;
  /**
   * A part of the latest snapshot, as many bytes as there are up to `byteCount`.
   * @throws StorageError when it can't be read or is damaged.
   */
  readSnapshot(offset: number, byteCount: number): Uint8Array;
  /** Entries up to `index` are in the latest snapshot and may go; the first one that stays is `index` + 1. Lazily. */
  compact(index: number): void;
  /** Flushes, closes and unlocks. */
  close(): void;
}

export type FlushOutcome =
  | { readonly ok: true; readonly bytes: number; readonly durationNs: number }
  | { readonly ok: false; readonly error: StorageError };

/** A disk that can't be used. The message names file and offset where it can, and says what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: 'locked' | 'damaged' | 'unwritable' | 'full' | 'io';
  readonly file: string;
  constructor(code: StorageError['code'], file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.file = file;
  }
}

/** An open file of the lower level. Offsets and lengths in bytes. */
export interface FileHandle {
  /** @returns bytes read; fewer than asked only at the end of the file. */
  read(buffer: Uint8Array, position: number): number;
  /** Writes all of `bytes`. @throws when the system does not take all of them. */
  write(bytes: Uint8Array, position: number): void;
  truncate(length: number): void;
  /** Contents and the length needed to read them are durable when this returns. */
  dataSync(): void;
  size(): number;
  close(): void;
}

/** Lower level of the disk: one folder. Names are plain file names. Implemented by node:fs, by faults, by a simulator. */
export interface Files {
  list(): string[];
  open(name: string, mode: 'read' | 'read-write' | 'create-new'): FileHandle;
  rename(from: string, to: string): void;
  remove(name: string): void;
  /** Makes creates, renames and removes durable. */
  syncFolder(): void;
  /** For messages: where `name` is. */
  pathOf(name: string): string;
}

/** Monotonic time and one timer. */
export interface Clock {
  /** Nanoseconds, integer, never decreasing; the scale of every `timeNs` and deadline. */
  nowNs(): number;
  /** Calls `handler` once at `deadlineNs` or as soon as possible after; replaces an earlier one. */
  setTimer(deadlineNs: number, handler: () => void): void;
  clearTimer(): void;
  /** Calls `handler` when the inputs that have already arrived were handed in: the end of the loop turn. */
  defer(handler: () => void): void;
}
