/**
 * Opens what a folder holds: folds the segments in order, mends what an interrupted start or flush left, and refuses
 * everything else. What each crash point leaves is in README.md.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files } from '../ports.ts';
import { ByteWindow } from './byte-window.ts';
import { removeSegments } from './compaction.ts';
import { LogState } from './log-state.ts';
import type { SegmentHeader } from './record.ts';
import type { Repair } from './repair.ts';
import { segmentName, segmentSeed, segmentStart } from './segment.ts';
import { findSegmentRun, headerOf } from './segment-run.ts';
import { findProofOfDamage, scanRecords } from './segment-scan.ts';
import { damaged } from './storage-errors.ts';
import type { LastSegment } from './wal.ts';

export interface RecoveredLog {
  readonly state: LogState;
  readonly last: LastSegment;
  readonly repairs: readonly Repair[];
}

const copyBytes = 1024 * 1024;

/** The log so far, and where the segment that was folded last ends. */
interface Folded {
  readonly state: LogState;
  readonly end: number;
}

/** @throws StorageError. When it returns, everything that it reports is durable. */
export function recoverLog(files: Files, storageId: StorageId, snapshot: SnapshotMeta | null): RecoveredLog {
  const run = findSegmentRun(files, storageId, snapshot);
  const repairs = [...run.repairs];
  let folded: Folded | undefined;
  for (const segment of run.segments.slice(0, -1)) folded = foldFullSegment(files, storageId, segment, folded);
  const { state, last } = foldLastSegment(files, storageId, run.segments.at(-1) ?? 1, folded, repairs);
  removeSegments(files, run.leftovers);
  return { state, last, repairs };
}

/** Folds a segment behind which others stand: all of it must be whole. */
function foldFullSegment(files: Files, storageId: StorageId, segment: number, before: Folded | undefined): Folded {
  const handle = files.open(segmentName(segment), 'read');
  try {
    const path = files.pathOf(segmentName(segment));
    const window = new ByteWindow(handle);
    const { state } = begin(window, path, storageId, segment, before);
    const seed = segmentSeed(storageId, segment);
    const { end } = scanRecords(window, segmentStart, seed, path, (record, offset) =>
      state.apply(record, segment, offset),
    );
    if (window.dataEnd() > end) throw damaged(path, end, 'a record is not whole, but later segments follow');
    return { state, end };
  } finally {
    handle.close();
  }
}

/** Folds the last segment; cuts a torn flush off its end and makes the rest durable. */
function foldLastSegment(
  files: Files,
  storageId: StorageId,
  segment: number,
  before: Folded | undefined,
  repairs: Repair[],
): { readonly state: LogState; readonly last: LastSegment } {
  const name = segmentName(segment);
  const path = files.pathOf(name);
  const handle = files.open(name, 'read-write');
  try {
    const window = new ByteWindow(handle);
    const { state, version } = begin(window, path, storageId, segment, before);
    const seed = segmentSeed(storageId, segment);
    const { end, flushOffset } = scanRecords(window, segmentStart, seed, path, (record, offset) =>
      state.apply(record, segment, offset),
    );
    const dataEnd = window.dataEnd();
    if (dataEnd > end) {
      const proof = findProofOfDamage(window, end, seed);
      if (proof !== undefined)
        throw damaged(path, end, `a record is not whole, but a later one stands at byte ${proof}`);
      repairs.push({ file: name, offset: end, cutBytes: dataEnd - end, reason: 'the last flush was interrupted' });
    }
    settle(files, handle, flushOffset, end, dataEnd);
    return { state, last: { segment, handle, end, version } };
  } catch (error) {
    handle.close();
    throw error;
  }
}

/**
 * Makes the end of the log durable, whatever state the ended process left it in. Its last flush may be in the system's
 * memory only, and after an fdatasync that failed the system may even believe that it is on disk: so it is written again.
 * The torn bytes behind it become zeros, lest a new record of the same length make them look like its successors.
 */
function settle(files: Files, handle: FileHandle, flushOffset: number, end: number, dataEnd: number): void {
  const buffer = new Uint8Array(Math.min(copyBytes, Math.max(end - flushOffset, dataEnd - end)));
  for (let offset = flushOffset; offset < end; offset += copyBytes) {
    const chunk = buffer.subarray(0, Math.min(copyBytes, end - offset));
    handle.read(chunk, offset);
    handle.write(chunk, offset);
  }
  buffer.fill(0);
  for (let offset = end; offset < dataEnd; offset += copyBytes) {
    handle.write(buffer.subarray(0, Math.min(copyBytes, dataEnd - offset)), offset);
  }
  handle.dataSync();
  files.syncFolder();
}

/** Checks how a segment begins. @returns the log before its records: the first segment says what that is. */
function begin(
  window: ByteWindow,
  path: string,
  storageId: StorageId,
  segment: number,
  before: Folded | undefined,
): { readonly state: LogState; readonly version: number } {
  const { version, header } = headerOf(window.bytes(0, segmentStart), path, storageId, segment);
  const problem = before && findMismatch(header, before);
  if (problem !== undefined) throw damaged(path, 0, problem);
  const { lastIndex: index, lastTerm: term, hardState } = header;
  const state = before?.state ?? new LogState({ index, term }, hardState);
  state.beginSegment(segment);
  return { state, version };
}

/** Compares what a segment's header says of the log before it with what was found there. */
function findMismatch(header: SegmentHeader, { state, end }: Folded): string | undefined {
  const { previousSegmentBytes, lastIndex, lastTerm, hardState } = header;
  if (previousSegmentBytes !== end) {
    return `the segment before it should end at byte ${previousSegmentBytes}, but its records end at ${end}`;
  }
  if (lastIndex !== state.index.lastIndex || lastTerm !== state.termRuns.lastTerm) {
    return `it follows entry ${lastIndex} of term ${lastTerm}, but entry ${state.index.lastIndex} of term ${state.termRuns.lastTerm} was found`;
  }
  if (hardState.term !== state.hardState.term || hardState.votedFor !== state.hardState.votedFor) {
    return `it follows term ${hardState.term}, but term ${state.hardState.term} was found, or another vote`;
  }
  return undefined;
}
