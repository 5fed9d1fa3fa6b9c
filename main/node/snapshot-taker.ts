/**
 * When this server takes snapshots of its state machine (Raft §7), so that its log may be shortened.
 *
 * With a retention of N entries, a snapshot is taken at certain indexes, the same on every server, and kept in memory
 * until N entries behind it are applied. Only then it is saved: the core ties the beginning of the log to the snapshot
 * on disk.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { EmitEvent, FlushOutcome, Storage } from '../ports.ts';
import { describeSnapshot, isSendingSnapshot } from '../raft/compaction.ts';
import type { RaftState } from '../raft/state.ts';
import type { LogStateMachine } from './log-state-machine.ts';

export interface SnapshotTakerOptions {
  readonly state: RaftState;
  readonly storage: Storage;
  readonly machine: LogStateMachine;
  /** At least so many entries between two snapshots. */
  readonly everyEntries: number;
  readonly nowNs: () => number;
  readonly emit: EmitEvent;
  /** It is on disk. */
  readonly onSaved: (snapshot: SnapshotMeta) => void;
  /** Runs what may find that the disk has failed. */
  readonly guard: (action: () => void) => void;
}

interface TakenSnapshot {
  readonly meta: SnapshotMeta;
  readonly data: Uint8Array;
}

export class SnapshotTaker {
  readonly #options: SnapshotTakerOptions;
  #taken: TakenSnapshot | undefined;
  #isSaving = false;
  #storedIndex: number;

  constructor(options: SnapshotTakerOptions) {
    this.#options = options;
    this.#storedIndex = options.storage.recovered.snapshot?.lastIncludedIndex ?? 0;
  }

  /** `lastIncludedIndex` of the snapshot that the storage reads from; 0 while that is not certain. */
  get storedIndex(): number {
    return this.#storedIndex;
  }

  /** A snapshot of another leader has taken the place of the own one. */
  onInstalled({ lastIncludedIndex }: SnapshotMeta): void {
    this.#storedIndex = lastIncludedIndex;
  }

  /** Entries from `fromIndex` on are gone, and with them what a snapshot that waits for its time says of them. */
  onTruncated(fromIndex: number): void {
    if (this.#taken && this.#taken.meta.lastIncludedIndex >= fromIndex) this.#taken = undefined;
  }

  /** Entries are to be applied up to here at most before `onApplied` is called, if there are so many. */
  stopAt(nextIndex: number): number {
    const period = this.#period();
    return Math.ceil(nextIndex / period) * period;
  }

  /** The state machine has applied more: takes a snapshot if this is the place for one, and saves it when its time has come. */
  onApplied(): void {
    const { state, machine } = this.#options;
    const { appliedIndex, retainEntries } = machine;
    if (retainEntries === 0) {
      this.#taken = undefined;
      return;
    }
    const isPlace = appliedIndex % this.#period() === 0 && appliedIndex > (state.snapshot?.lastIncludedIndex ?? 0);
    if (isPlace && !this.#taken) {
      const data = machine.snapshot();
      if (data.byteLength <= limits.snapshotBytesMax)
        this.#taken = { meta: describeSnapshot(state, appliedIndex, data.byteLength), data };
    }
    this.saveIfDue();
  }

  /** One at a time, and none while a follower is busy with the present one: it would have to begin anew. */
  saveIfDue(): void {
    const { state, storage, machine, nowNs, guard } = this.#options;
    const taken = this.#taken;
    if (!taken || this.#isSaving || machine.appliedIndex - machine.retainEntries < taken.meta.lastIncludedIndex) return;
    if (isSendingSnapshot(state, nowNs())) return;
    this.#taken = undefined;
    // One of another leader reaches further.
    if (taken.meta.lastIncludedIndex <= (state.snapshot?.lastIncludedIndex ?? 0)) return;
    this.#isSaving = true;
    this.#storedIndex = 0;
    storage.saveSnapshot(taken.meta, taken.data, (outcome) => guard(() => this.#onSaved(taken.meta, outcome)));
  }

  #onSaved(meta: SnapshotMeta, outcome: FlushOutcome): void {
    if (!outcome.ok) throw outcome.error;
    const { lastIncludedIndex, lastIncludedTerm } = meta;
    this.#isSaving = false;
    // One that was installed meanwhile reaches further, and stays.
    this.#storedIndex = Math.max(this.#storedIndex, lastIncludedIndex);
    this.#options.emit({ type: 'snapshot-saved', lastIncludedIndex, lastIncludedTerm, bytes: outcome.bytes });
    this.#options.onSaved(meta);
  }

  /** A multiple of `everyEntries`, and no fewer entries than the retention: so at most one snapshot waits for its time. */
  #period(): number {
    const { everyEntries, machine } = this.#options;
    return Math.max(1, Math.ceil(machine.retainEntries / everyEntries)) * everyEntries;
  }
}
