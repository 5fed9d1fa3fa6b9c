/**
 * The folder's snapshot, and the next one while it is being written. There is one snapshot: the next one is written
 * aside, made durable, and renamed over it. Nothing in the log depends on a snapshot before that rename is durable.
 */
import { assert } from '../../shared/assert.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { Files, SnapshotChunk } from '../ports.ts';
import type { Repair } from './repair.ts';
import { SnapshotReader } from './snapshot-reader.ts';
import { SnapshotWriter } from './snapshot-writer.ts';

export const snapshotName = 'snapshot';
/** An own snapshot that is being saved; a leftover means nothing. */
export const snapshotAsideName = 'snapshot.new';
/** Another server's snapshot that is being received; a leftover means nothing. */
export const snapshotStagedName = 'snapshot.part';

export class SnapshotStore {
  readonly #files: Files;
  readonly #storageId: StorageId;
  #current: SnapshotReader | undefined;
  #staged: { readonly writer: SnapshotWriter; readonly index: number; readonly term: number } | undefined;

  private constructor(files: Files, storageId: StorageId, current: SnapshotReader | undefined) {
    this.#files = files;
    this.#storageId = storageId;
    this.#current = current;
  }

  /**
   * Reads all of the folder's snapshot once, and removes what an interrupted save or transfer left.
   * @throws StorageError when the snapshot can't be trusted.
   */
  static open(files: Files, storageId: StorageId): { readonly store: SnapshotStore; readonly repairs: Repair[] } {
    const names = new Set(files.list());
    const leftovers = [snapshotAsideName, snapshotStagedName].filter((name) => names.has(name));
    const repairs = leftovers.map((name) => removeLeftover(files, name));
    const current = names.has(snapshotName) ? SnapshotReader.open(files, snapshotName, storageId, 'check') : undefined;
    return { store: new SnapshotStore(files, storageId, current), repairs };
  }

  /** What the snapshot replaces; null when there is none. */
  get meta(): SnapshotMeta | null {
    return this.#current?.meta ?? null;
  }

  /** Puts `data` in the place of the snapshot. Durable when it returns. */
  save(meta: SnapshotMeta, data: Uint8Array): void {
    const writer = this.#begin(snapshotAsideName);
    writer.append(data);
    this.#complete(writer, meta);
  }

  /** Keeps a chunk: the first, or the one behind those that are there. */
  stage({ lastIncludedIndex: index, lastIncludedTerm: term, offset, data }: SnapshotChunk): void {
    if (offset === 0) {
      this.#dropStaged();
      this.#staged = { writer: this.#begin(snapshotStagedName), index, term };
    }
    const staged = this.#staged;
    const follows = staged?.index === index && staged.term === term && staged.writer.bytes === offset;
    assert(follows, `a chunk of snapshot ${index} at byte ${offset} continues another one`);
    staged.writer.append(data);
  }

  /** Puts what was staged in the place of the snapshot. Durable when it returns. */
  install(meta: SnapshotMeta): void {
    const staged = this.#staged;
    const isIt = staged?.index === meta.lastIncludedIndex && staged.term === meta.lastIncludedTerm;
    assert(isIt, `snapshot ${meta.lastIncludedIndex} is installed, but it was not staged`);
    this.#staged = undefined;
    this.#complete(staged.writer, meta);
  }

  /** @throws StorageError. */
  read(offset: number, byteCount: number): Uint8Array {
    assert(this.#current !== undefined, 'a snapshot is read where there is none');
    return this.#current.read(offset, byteCount);
  }

  close(): void {
    this.#current?.close();
    this.#current = undefined;
    this.#dropStaged();
  }

  /** A first try may have ended half-way and left the file. */
  #begin(name: string): SnapshotWriter {
    if (this.#files.list().includes(name)) this.#files.remove(name);
    return new SnapshotWriter(this.#files, name, this.#storageId);
  }

  #complete(writer: SnapshotWriter, meta: SnapshotMeta): void {
    writer.finish(meta);
    // Windows does not rename over a file that is open.
    this.#current?.close();
    this.#current = undefined;
    this.#files.rename(writer.name, snapshotName);
    this.#files.syncFolder();
    this.#current = SnapshotReader.open(this.#files, snapshotName, this.#storageId, 'trust');
  }

  #dropStaged(): void {
    if (!this.#staged) return;
    const { writer } = this.#staged;
    this.#staged = undefined;
    writer.abandon();
    this.#files.remove(snapshotStagedName);
  }
}

function removeLeftover(files: Files, name: string): Repair {
  const handle = files.open(name, 'read');
  const cutBytes = handle.size();
  handle.close();
  files.remove(name);
  return { file: name, offset: 0, cutBytes, reason: 'a snapshot was being written when the node ended' };
}
