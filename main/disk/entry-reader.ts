/**
 * Reads durable entries back from their segments, and checks every byte of them on the way.
 */
import type { LogEntry } from '../../shared/log-entry.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { Files } from '../ports.ts';
import { damaged } from './storage-errors.ts';
import type { EntryIndex, EntryLocation } from './entry-index.ts';
import { readRecord } from './record.ts';
import { segmentName, segmentSeed } from './segment.ts';
import type { Wal } from './wal.ts';

/** Entries that lie closer together than a read is worth are read at once, up to this many bytes. */
const readBytesMax = 1024 * 1024;

export class EntryReader {
  readonly #files: Files;
  readonly #storageId: StorageId;
  readonly #wal: Wal;
  readonly #index: EntryIndex;

  constructor(files: Files, storageId: StorageId, wal: Wal, index: EntryIndex) {
    this.#files = files;
    this.#storageId = storageId;
    this.#wal = wal;
    this.#index = index;
  }

  /**
   * Entries from `firstIndex` to at most `lastIndex`, both in the index, at most `bytesMax` of `entryBytes`, the first always.
   * @throws StorageError when the file can't be read, or `damaged` when an entry there is not what was written.
   */
  read(firstIndex: number, lastIndex: number, bytesMax: number): LogEntry[] {
    const entries: LogEntry[] = [];
    let left = bytesMax;
    for (let index = firstIndex; index <= lastIndex;) {
      const run = this.#planRun(index, lastIndex, left, entries.length === 0);
      if (run.length === 0) break;
      this.#readRun(run, index, entries);
      for (const { entryBytes } of run) left -= entryBytes;
      index += run.length;
    }
    return entries;
  }

  /** The entries from `index` on that one read fetches: in one segment, one behind the other, within both limits. */
  #planRun(index: number, lastIndex: number, bytesMax: number, firstPasses: boolean): EntryLocation[] {
    const run: EntryLocation[] = [];
    let entryBytes = 0;
    let recordBytes = 0;
    for (let at = index; at <= lastIndex; at += 1) {
      const location = this.#index.at(at);
      const previous = run.at(-1);
      entryBytes += location.entryBytes;
      recordBytes += location.recordBytes;
      if (entryBytes > bytesMax && (previous || !firstPasses)) break;
      if (previous && !(isBehind(previous, location) && recordBytes <= readBytesMax)) break;
      run.push(location);
    }
    return run;
  }

  #readRun(run: readonly EntryLocation[], firstIndex: number, entries: LogEntry[]): void {
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last) return;
    const seed = segmentSeed(this.#storageId, first.segment);
    // A fresh buffer: the payloads that are handed out are views of it.
    const bytes = new Uint8Array(last.offset + last.recordBytes - first.offset);
    const filled = this.#wal.handleOf(first.segment).read(bytes, first.offset);
    run.forEach(({ offset, segment }, position) => {
      const at = offset - first.offset;
      const record = readRecord(bytes.subarray(0, filled), at, { seed, offset });
      if (record?.type !== 'entry' || record.entry.index !== firstIndex + position) {
        throw damaged(
          this.#files.pathOf(segmentName(segment)),
          offset,
          `entry ${firstIndex + position} cannot be read back`,
        );
      }
      entries.push(record.entry);
    });
  }
}

function isBehind(previous: EntryLocation, location: EntryLocation): boolean {
  return location.segment === previous.segment && location.offset === previous.offset + previous.recordBytes;
}
