/**
 * Opens what a folder holds: folds the segments in order, mends what an interrupted start or flush left, and refuses
 * everything else. What each crash point leaves is in README.md.
 */
import { damaged, writtenByNewerVersion } from './storage-errors.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files, RecoveredState } from '../ports.ts';
import { ByteWindow } from './byte-window.ts';
import { LogState } from './log-state.ts';
import { formatVersion } from './preamble.ts';
import type { SegmentHeader } from './record.ts';
import { listSegments, readSegmentStart, segmentName, segmentSeed, segmentStart } from './segment.ts';
import { findProofOfDamage, scanRecords } from './segment-scan.ts';

export type Repair = RecoveredState['repairs'][number];

/** The segment that takes the next flush, open for reading and writing. */
export interface LastSegment {
  readonly segment: number;
  readonly handle: FileHandle;
  /** Behind its last record. */
  readonly end: number;
}

export interface RecoveredLog {
  readonly state: LogState;
  readonly last: LastSegment;
  readonly repairs: readonly Repair[];
}

const copyBytes = 1024 * 1024;

/** @throws StorageError. When it returns, everything that it reports is durable. */
export function recoverLog(files: Files, storageId: StorageId): RecoveredLog {
  const repairs: Repair[] = [];
  const segments = listConsecutive(files);
  repairs.push(...dropUnfinishedSegment(files, segments, storageId));
  const state = new LogState();
  let previousEnd = 0;
  for (const segment of segments.slice(0, -1))
    previousEnd = foldFullSegment(files, storageId, segment, previousEnd, state);
  const last = foldLastSegment(files, storageId, segments.length, previousEnd, state, repairs);
  return { state, last, repairs };
}

/** The segments 1, 2, 3 … of the folder. */
function listConsecutive(files: Files): number[] {
  const segments = listSegments(files);
  const missing = segments.findIndex((segment, position) => segment !== position + 1) + 1;
  if (segments.length > 0 && missing === 0) return segments;
  const path = files.pathOf(segmentName(missing || 1));
  throw damaged(
    path,
    0,
    segments.length === 0 ? 'the log is missing' : 'the file is missing, but later ones are there',
  );
}

/**
 * A segment's start is durable before its first record is written. So a last segment without a whole start is one whose
 * making was interrupted, and holds nothing. The first one is made before the identity file and can't be unfinished.
 */
function dropUnfinishedSegment(files: Files, segments: number[], storageId: StorageId): Repair[] {
  const segment = segments.length;
  const name = segmentName(segment);
  const handle = files.open(name, 'read');
  let dataEnd: number;
  try {
    const window = new ByteWindow(handle);
    const start = readSegmentStart(window.bytes(0, segmentStart), storageId, segment);
    if (segment === 1 || start?.header || (start && start.version > formatVersion)) return [];
    dataEnd = window.dataEnd();
    if (dataEnd > segmentStart) return [];
  } finally {
    handle.close();
  }
  files.remove(name);
  files.syncFolder();
  segments.pop();
  return [{ file: name, offset: 0, cutBytes: dataEnd, reason: 'the file was being made when the node ended' }];
}

/** Folds a segment that others follow: it has to be whole. @returns where its records end. */
function foldFullSegment(
  files: Files,
  storageId: StorageId,
  segment: number,
  previousEnd: number,
  state: LogState,
): number {
  const handle = files.open(segmentName(segment), 'read');
  try {
    const path = files.pathOf(segmentName(segment));
    const window = new ByteWindow(handle);
    checkStart(window, path, storageId, segment, previousEnd, state);
    const seed = segmentSeed(storageId, segment);
    const { end } = scanRecords(window, segmentStart, seed, path, (record, offset) =>
      state.apply(record, segment, offset),
    );
    if (window.dataEnd() > end) throw damaged(path, end, 'a record is not whole, but later segments follow');
    return end;
  } finally {
    handle.close();
  }
}

/** Folds the last segment; cuts a torn flush off its end and makes the rest durable. */
function foldLastSegment(
  files: Files,
  storageId: StorageId,
  segment: number,
  previousEnd: number,
  state: LogState,
  repairs: Repair[],
): LastSegment {
  const name = segmentName(segment);
  const path = files.pathOf(name);
  const handle = files.open(name, 'read-write');
  try {
    const window = new ByteWindow(handle);
    checkStart(window, path, storageId, segment, previousEnd, state);
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
    return { segment, handle, end };
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

function checkStart(
  window: ByteWindow,
  path: string,
  storageId: StorageId,
  segment: number,
  previousEnd: number,
  state: LogState,
): void {
  const start = readSegmentStart(window.bytes(0, segmentStart), storageId, segment);
  if (start === undefined) throw damaged(path, 0, 'it does not begin as a file of the log');
  if (start.version > formatVersion) throw writtenByNewerVersion(path, start.version, formatVersion);
  if (start.header === undefined) throw damaged(path, 0, 'its header is not whole, or of another data folder');
  const problem = findMismatch(start.header, previousEnd, state);
  if (problem !== undefined) throw damaged(path, 0, problem);
}

/** Compares what a segment's header says of the log before it with what was found there. */
function findMismatch(header: SegmentHeader, previousEnd: number, state: LogState): string | undefined {
  const { previousSegmentBytes, lastIndex, lastTerm, hardState } = header;
  if (previousSegmentBytes !== previousEnd) {
    return `the segment before it should end at byte ${previousSegmentBytes}, but its records end at ${previousEnd}`;
  }
  if (lastIndex !== state.index.lastIndex || lastTerm !== state.termRuns.lastTerm) {
    return `it follows entry ${lastIndex} of term ${lastTerm}, but entry ${state.index.lastIndex} of term ${state.termRuns.lastTerm} was found`;
  }
  if (hardState.term !== state.hardState.term || hardState.votedFor !== state.hardState.votedFor) {
    return `it follows term ${hardState.term}, but term ${state.hardState.term} was found, or another vote`;
  }
  return undefined;
}
