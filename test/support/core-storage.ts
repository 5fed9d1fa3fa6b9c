/**
 * The storage under a core in a test: what can be read, what is under way, and what a power cut leaves. It says nothing by
 * itself: a write is durable when the test says so.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { NodeId } from '../../shared/ids.ts';
import { assert, required } from '../../shared/assert.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { ConsensusMessage } from '../../shared/raft-message.ts';
import type { ChunkEffect, OutgoingMessage, PersistEffect } from '../../main/raft/contract.ts';
import { decodeSnapshot, newDisk, type CoreSnapshot, type Disk } from './core-disk.ts';

/** A write under way; one that installs a snapshot carries it along. */
export type PendingWrite = PersistEffect & { readonly installed?: CoreSnapshot };

/** How far the storage number moves when a folder is replaced. */
const storageStep = 1_000;

export class CoreStorage {
  readonly id: NodeId;
  disk: Disk;
  /**
   * Everything up to the last entry, durable or not. Entries up to `compacted` are there for the test to look at only:
   * the host has them no more.
   */
  log: LogEntry[] = [];
  compacted = 0;
  /** The latest snapshot that can be read. */
  snapshot: CoreSnapshot | null = null;
  /** Writes that are not durable yet. */
  writes: PendingWrite[] = [];
  #lastWrite = 0;
  #staged: ChunkEffect | undefined;

  constructor(id: NodeId, disk: Partial<Disk> = {}) {
    this.id = id;
    this.disk = { ...newDisk(id), ...disk };
  }

  /** A start finds what the disk has. */
  protected open(): void {
    const { disk } = this;
    disk.boot += 1;
    this.log = [...disk.log];
    this.compacted = disk.compacted;
    this.snapshot = disk.snapshot;
  }

  /**
   * A power cut. What was not durable is lost, except that the disk may have got further than it said: the first
   * `wholeWrites` are on it, and of the next one the first `tornParts`: all but its entries, then those.
   */
  protected powerCut(wholeWrites: number, tornParts: number): void {
    for (const write of this.writes.slice(0, wholeWrites)) this.makeDurable(write);
    const torn = this.writes[wholeWrites];
    if (torn && tornParts > 0) this.makeDurable({ ...torn, entries: torn.entries?.slice(0, tornParts - 1) ?? [] });
    this.writes = [];
    this.#lastWrite = 0;
    this.#staged = undefined;
  }

  /** Its folder is gone; the next start finds a new one. */
  protected replaceDisk(): void {
    const { boot, storage } = this.disk;
    this.disk = { ...newDisk(this.id), boot, storage: storage + storageStep };
    this.log = [];
    this.compacted = 0;
    this.snapshot = null;
  }

  protected stage(chunk: ChunkEffect): void {
    const { offset, data } = chunk;
    const before = offset === 0 ? new Uint8Array(0) : required(this.#staged, 'a chunk continues what was staged').data;
    assert(before.length === offset, `a chunk at ${offset} can't continue ${before.length} bytes`);
    this.#staged = { ...chunk, offset: 0, data: Uint8Array.from([...before, ...data]) };
  }

  protected write(write: PersistEffect): void {
    this.#lastWrite += 1;
    assert(write.write === this.#lastWrite, `write ${this.#lastWrite} is numbered ${write.write}`);
    const { installSnapshot: meta, truncateFrom } = write;
    if (meta) this.#install(meta);
    if (truncateFrom !== undefined) {
      assert(truncateFrom > this.compacted, `entry ${truncateFrom} is compacted and can't be truncated`);
      this.log.length = truncateFrom - 1;
    }
    for (const entry of write.entries ?? []) {
      assert(entry.index === this.log.length + 1, `entry ${entry.index} can't follow entry ${this.log.length}`);
      this.log.push(entry);
    }
    this.writes.push(meta && this.snapshot ? { ...write, installed: this.snapshot } : write);
  }

  #install(meta: SnapshotMeta): void {
    const staged = required(this.#staged, 'a snapshot was staged');
    const { lastIncludedIndex, lastIncludedTerm, totalBytes } = meta;
    assert(
      staged.lastIncludedIndex === lastIncludedIndex && staged.lastIncludedTerm === lastIncludedTerm,
      'the snapshot that was staged is the one that is installed',
    );
    assert(staged.data.length === totalBytes, `a snapshot of ${totalBytes} bytes has ${staged.data.length}`);
    this.snapshot = { meta, data: staged.data };
    this.#staged = undefined;
    this.log = decodeSnapshot(staged.data);
    this.compacted = lastIncludedIndex;
  }

  protected makeDurable(write: PendingWrite): void {
    const { disk } = this;
    if (write.hardState) Object.assign(disk, write.hardState);
    if (write.installed) {
      const { meta, data } = write.installed;
      Object.assign(disk, { snapshot: write.installed, compacted: meta.lastIncludedIndex, log: decodeSnapshot(data) });
    }
    if (write.truncateFrom !== undefined) disk.log.length = write.truncateFrom - 1;
    disk.log.push(...(write.entries ?? []));
  }

  protected compact(index: number): void {
    assert(index <= (this.snapshot?.meta.lastIncludedIndex ?? 0), `entries up to ${index} are in no snapshot`);
    this.compacted = index;
    this.disk.compacted = index;
  }

  /** A message with the entries or bytes that the core names. */
  protected filled(message: OutgoingMessage): ConsensusMessage {
    if (message.kind === 'install-snapshot') {
      const { byteCount, ...fields } = message;
      const { meta, data } = required(this.snapshot, `node ${this.id} has no snapshot`);
      assert(meta.lastIncludedIndex === fields.lastIncludedIndex, 'the latest snapshot is the one that is sent');
      return { ...fields, data: data.slice(fields.offset, fields.offset + byteCount) };
    }
    if (message.kind !== 'append-entries') return message;
    const { entryCount, ...fields } = message;
    const { prevLogIndex } = fields;
    const entries = this.log.slice(prevLogIndex, prevLogIndex + entryCount);
    const isHeld = entries.length === entryCount && (entryCount === 0 || prevLogIndex >= this.compacted);
    assert(isHeld, `node ${this.id} has not the ${entryCount} entries behind ${prevLogIndex}`);
    return { ...fields, entries };
  }
}
