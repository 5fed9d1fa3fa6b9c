/**
 * Brings committed entries and snapshots into the state machine, and tells who waits for them.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import { assert } from '../../shared/assert.ts';
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

export class Applier {
  readonly #options: ApplierOptions;

  constructor(options: ApplierOptions) {
    this.#options = options;
  }

  /** Applies entries, both ends included. @throws StorageError when an entry can't be read. */
  apply(from: number, to: number): void {
    const { storage, snapshots } = this.#options;
    let next = from;
    while (next <= to) {
      const last = Math.min(to, snapshots.stopAt(next));
      for (const entries of readChunks(storage, next, last)) this.#applyChunk(entries);
      snapshots.onApplied();
      next = last + 1;
    }
  }

  /**
   * Goes on from the storage's snapshot: at a start, or when one was installed.
   * @throws StorageError when it can't be read.
   */
  restore(snapshot: SnapshotMeta): void {
    const { storage, machine, snapshots, service, emit } = this.#options;
    const { lastIncludedIndex, totalBytes } = snapshot;
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
