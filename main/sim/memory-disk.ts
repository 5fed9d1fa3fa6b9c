/**
 * A disk in memory: what one data folder holds, over all processes that open it. It knows which writes a flush has made
 * durable, so that a power cut can take the others away. Every write costs what it brings, never the log.
 */
import type { HardState, RecoveredState, StorageWrite } from '../ports.ts';
import type { BootId, StorageId } from '../../shared/ids.ts';
import { entryBytes, type LogEntry } from '../../shared/log-entry.ts';
import type { Draws } from './draws.ts';
import type { StoredLog, StoredSnapshot, Undo } from './stored-log.ts';

const emptyLog = (): StoredLog => ({ base: { index: 0, term: 0 }, entries: [], snapshot: null });

export class MemoryDisk {
  readonly storageId: StorageId;
  #boot: number;
  #hardState: HardState = { term: 0, votedFor: null };
  #log = emptyLog();
  /** Oldest first. */
  #undos: Undo[] = [];
  #written = 0;
  /** Saved aside by its own server, with a flush of its own. */
  #savedSnapshot: StoredSnapshot | null = null;
  #compactTo = 0;
  #repairs: RecoveredState['repairs'] = [];

  /** @param bootAfter the last boot on the folder whose place this one takes; 0 without one */
  constructor(storageId: StorageId, bootAfter: BootId) {
    this.storageId = storageId;
    this.#boot = bootAfter;
  }

  /** Counts the writes of this disk. */
  get written(): number {
    return this.#written;
  }

  /** The number of the latest boot. */
  get boot(): BootId {
    return this.#boot;
  }

  get snapshot(): StoredSnapshot | null {
    return this.#log.snapshot;
  }

  get firstIndex(): number {
    return this.#log.base.index + 1;
  }

  get lastIndex(): number {
    return this.#log.base.index + this.#log.entries.length;
  }

  entryAt(index: number): LogEntry | undefined {
    return this.#log.entries[index - this.#log.base.index - 1];
  }

  /** A process starts on it. What the last one left unflushed is on the platter from now on, as opening flushes it. */
  recover(): RecoveredState {
    this.#boot += 1;
    this.#undos = [];
    this.#dropWhatTheSnapshotContradicts();
    const { base, entries, snapshot } = this.#log;
    const repairs = this.#repairs;
    this.#repairs = [];
    return {
      storageId: this.storageId,
      boot: this.#boot,
      hardState: this.#hardState,
      snapshot: snapshot?.meta ?? null,
      compacted: { ...base },
      lastIndex: this.lastIndex,
      termRuns: entries
        .filter(({ term }, position) => position === 0 || entries[position - 1]?.term !== term)
        .map(({ index, term }) => ({ term, firstIndex: index })),
      entrySizes: entries.map(entryBytes),
      configurations: entries.flatMap(({ index, configuration }) =>
        configuration === undefined ? [] : [{ index, configuration }],
      ),
      repairs,
    };
  }

  /** @returns what it wrote, bytes */
  write(change: StorageWrite, staged: Uint8Array): number {
    const { hardState, installSnapshot, truncateFrom, entries } = change;
    this.#written += 1;
    const undo = {
      hardState: hardState && this.#hardState,
      log: installSnapshot && this.#log,
      truncated: this.#truncatable(truncateFrom),
    };
    if (hardState) this.#hardState = hardState;
    if (installSnapshot) this.#install({ meta: installSnapshot, data: staged });
    if (truncateFrom !== undefined) this.#log.entries.length = Math.max(0, truncateFrom - this.firstIndex);
    let bytes = hardState ? 24 : 0;
    for (const entry of entries ?? []) {
      bytes += entryBytes(entry);
      this.#log.entries.push(entry);
    }
    this.#undos.push({ ...undo, appended: entries?.length ?? 0 });
    return bytes;
  }

  /** Everything up to write number `write` is durable. */
  flushed(write: number): void {
    this.#undos.splice(0, Math.max(0, this.#undos.length - (this.#written - write)));
    this.#dropCompacted();
  }

  saved(snapshot: StoredSnapshot): void {
    if (snapshot.meta.lastIncludedIndex <= (this.#log.snapshot?.meta.lastIncludedIndex ?? 0)) return;
    this.#log.snapshot = snapshot;
    this.#savedSnapshot = snapshot;
  }

  compact(index: number): void {
    this.#compactTo = Math.max(this.#compactTo, index);
    this.#dropCompacted();
  }

  /**
   * The power goes: of what was not flushed a first part is left, perhaps none, perhaps all, perhaps with a write torn
   * in the middle.
   */
  cutPower(draws: Draws, tornPerMille: number): void {
    const lost = draws.integer(0, this.#undos.length);
    const isTorn = lost > 0 && draws.perMille(tornPerMille);
    for (let count = 1; count <= lost; count++) this.#undo(isTorn && count === lost ? draws : undefined);
    if (isTorn) {
      const offset = this.lastIndex * 64;
      this.#repairs = [{ file: 'wal', offset, cutBytes: 17, reason: 'the last record is not whole' }];
    }
  }

  /** Takes the latest write back; when it is torn, only a part of its entries is lost, or the whole but the hard state. */
  #undo(torn: Draws | undefined): void {
    const undo = this.#undos.pop();
    if (undo === undefined) return;
    const lost = torn === undefined ? undo.appended : torn.integer(Math.min(1, undo.appended), undo.appended);
    this.#log.entries.length = Math.max(0, this.#log.entries.length - lost);
    if (lost < undo.appended) return;
    const { truncated, log, hardState } = undo;
    // Behind a snapshot that is durable there is nothing to put back; `recover` sees to it.
    if (truncated && truncated.fromIndex === this.lastIndex + 1) this.#log.entries.push(...truncated.entries);
    if (log) {
      this.#log = log;
      const { meta } = this.#savedSnapshot ?? {};
      if (meta && meta.lastIncludedIndex > (log.snapshot?.meta.lastIncludedIndex ?? 0))
        log.snapshot = this.#savedSnapshot;
    }
    if (hardState && torn === undefined) this.#hardState = hardState;
  }

  #truncatable(fromIndex: number | undefined): Undo['truncated'] {
    if (fromIndex === undefined) return undefined;
    return { fromIndex, entries: this.#log.entries.slice(Math.max(0, fromIndex - this.firstIndex)) };
  }

  #install(snapshot: StoredSnapshot): void {
    const { lastIncludedIndex: index, lastIncludedTerm: term } = snapshot.meta;
    this.#log = { base: { index, term }, entries: [], snapshot };
  }

  /** Entries go only when the snapshot that has them in it is durable. */
  #dropCompacted(): void {
    const { base, entries } = this.#log;
    if (this.#compactTo <= base.index || this.#undos.some(({ log }) => log !== undefined)) return;
    const last = this.entryAt(this.#compactTo);
    if (last === undefined) return;
    entries.splice(0, this.#compactTo - base.index);
    this.#log.base = { index: last.index, term: last.term };
  }

  /** Raft Figure 13, 6 and 7: a log that does not hold the snapshot's last entry is of no use. */
  #dropWhatTheSnapshotContradicts(): void {
    const { base, snapshot } = this.#log;
    if (!snapshot) return;
    const { lastIncludedIndex: index, lastIncludedTerm: term } = snapshot.meta;
    const held = index === base.index ? base.term : this.entryAt(index)?.term;
    if (index < base.index || held === term) return;
    this.#log = { base: { index, term }, entries: [], snapshot };
  }
}
