/**
 * Brings committed entries and snapshots into the state machine, and tells who waits for them.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import { assert } from '../../shared/assert.ts';
import { entryBytes } from '../../shared/log-entry.ts';
import type { EmitEvent, Storage } from '../ports.ts';
import type { RaftState } from '../raft/state.ts';
import { readChunks } from './applied-chunks.ts';
import type { LogService } from './log-service.ts';
import { LogStateMachine } from './log-state-machine.ts';
import type { SnapshotTaker } from './snapshot-taker.ts';

export interface ApplierOptions {
  readonly state: RaftState;
  readonly storage: Storage;
  readonly machine: LogStateMachine;
  readonly snapshots: SnapshotTaker;
  readonly service: LogService;
  readonly emit: EmitEvent;
}

/**
 * Bytes of entries that are applied in one loop turn, a few milliseconds' worth: a server that starts with a long log
 * would otherwise neither hear its leader nor send heartbeats until it has gone through all of it.
 */
const turnBytes = 256 * 1024;

export class Applier {
  readonly #options: ApplierOptions;
  /** Committed entries up to here are to be applied. */
  #target: number;
  #bytesLeft = turnBytes;

  constructor(options: ApplierOptions) {
    this.#options = options;
    this.#target = options.machine.appliedIndex;
  }

  /** True when committed entries wait for the next turn. */
  get isBehind(): boolean {
    return this.#options.machine.appliedIndex < this.#target;
  }

  /** The server starts. @throws StorageError when the snapshot can't be read. */
  begin(snapshot: SnapshotMeta | null): void {
    if (snapshot) this.restore(snapshot);
  }

  /** A loop turn begins. */
  beginTurn(): void {
    this.#bytesLeft = turnBytes;
  }

  /** Entries are committed, both ends included: `run` applies them. */
  onCommitted(from: number, to: number): void {
    assert(
      from === this.#target + 1,
      `entries from ${from} on are committed, but those up to ${this.#target} were before`,
    );
    this.#target = to;
  }

  /** Applies what is committed, as far as this turn goes. @throws StorageError when an entry can't be read. */
  run(): void {
    const { storage, snapshots, machine } = this.#options;
    while (this.isBehind && this.#bytesLeft > 0) {
      const next = machine.appliedIndex + 1;
      const last = Math.min(this.#target, snapshots.stopAt(next));
      const entries = storage.readEntries(next, last, this.#bytesLeft);
      for (const entry of entries) this.#bytesLeft -= entryBytes(entry);
      this.#applyChunk(entries);
      if (machine.appliedIndex === last) snapshots.onApplied();
    }
  }

  /**
   * Goes on from the storage's snapshot: at a start, or when one was installed.
   * @throws StorageError when it can't be read.
   */
  restore(snapshot: SnapshotMeta): void {
    const { storage, machine, snapshots, service, emit } = this.#options;
    const { lastIncludedIndex, totalBytes } = snapshot;
    this.#target = lastIncludedIndex;
    snapshots.onInstalled(snapshot);
    machine.restore(storage.readSnapshot(0, totalBytes));
    assert(
      machine.appliedIndex === lastIncludedIndex,
      `the snapshot of ${lastIncludedIndex} is one of ${machine.appliedIndex}`,
    );
    emit({ type: 'snapshot-restored', lastIncludedIndex, digest: machine.digest });
    service.onRestored(snapshot);
  }

  /**
   * Entries from `fromIndex` on were removed from the log. With all rules on none of them was applied. With one off, what the
   * state machine made of them is undone: it goes on from the snapshot and the entries that are left.
   * @throws StorageError when those can't be read.
   */
  onTruncated(fromIndex: number): void {
    const { state, storage, machine, snapshots } = this.#options;
    snapshots.onTruncated(fromIndex);
    this.#target = Math.min(this.#target, fromIndex - 1);
    if (fromIndex > machine.appliedIndex) return;
    const { snapshot } = state;
    machine.restore(snapshot ? storage.readSnapshot(0, snapshot.totalBytes) : new LogStateMachine().snapshot());
    for (const entries of readChunks(storage, machine.appliedIndex + 1, fromIndex - 1)) {
      for (const entry of entries) machine.apply(entry);
    }
  }

  #applyChunk(entries: Parameters<LogService['onApplied']>[0]): void {
    const { machine, service, emit } = this.#options;
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return;
    const fates = entries.map((entry) => machine.apply(entry));
    // Told before the answers that follow from it.
    emit({ type: 'entries-applied', from: first.index, to: last.index, digest: machine.digest });
    service.onApplied(entries, fates);
  }
}
