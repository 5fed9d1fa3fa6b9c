/**
 * Which of a folder's segments are the log: the last ones that are numbered without a gap, from the last one on with
 * which the log begins anew. Others are leftovers of a removal.
 */
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { StorageId } from '../../shared/ids.ts';
import type { Files } from '../ports.ts';
import { ByteWindow } from './byte-window.ts';
import { formatVersion } from './preamble.ts';
import type { SegmentHeader } from './record.ts';
import type { Repair } from './repair.ts';
import { listSegments, readSegmentStart, segmentName, segmentStart } from './segment.ts';
import { damaged, writtenByNewerVersion } from './storage-errors.ts';

export interface SegmentRun {
  /** Ascending, without gaps, at least one. */
  readonly segments: readonly number[];
  /** Before them, and no part of the log any more. */
  readonly leftovers: readonly number[];
  readonly repairs: readonly Repair[];
}

/** @throws StorageError when there is no log, or a segment is missing whose entries no snapshot holds. */
export function findSegmentRun(files: Files, storageId: StorageId, snapshot: SnapshotMeta | null): SegmentRun {
  const all = listSegments(files);
  if (all.length === 0) throw damaged(files.pathOf(segmentName(1)), 0, 'the log is missing');
  const behindGap = all.findLastIndex((segment, position) => segment !== (all[position - 1] ?? 0) + 1);
  const run = all.slice(Math.max(0, behindGap));
  const repairs = dropUnfinished(files, run, storageId);
  const headers = run.map((segment) => readHeader(files, storageId, segment));
  const begin = Math.max(
    0,
    headers.findLastIndex(({ previousSegmentBytes }) => previousSegmentBytes === 0),
  );
  const first = headers[begin];
  if (first) checkBeginning(files, first, snapshot);
  const segments = run.slice(begin);
  return { segments, leftovers: all.filter((segment) => segment < (segments[0] ?? 0)), repairs };
}

/**
 * A segment's start is durable before its first record is written. So a last segment without a whole start is one whose
 * making was interrupted, and holds nothing. The first one is made before the identity file and can't be unfinished, nor
 * one that follows a gap: a gap is made when its start is durable.
 */
function dropUnfinished(files: Files, run: number[], storageId: StorageId): Repair[] {
  const segment = run.at(-1);
  if (segment === undefined || run.length === 1) return [];
  const name = segmentName(segment);
  const handle = files.open(name, 'read');
  let dataEnd: number;
  try {
    const window = new ByteWindow(handle);
    const start = readSegmentStart(window.bytes(0, segmentStart), storageId, segment);
    if (start?.header || (start && start.version > formatVersion)) return [];
    dataEnd = window.dataEnd();
    if (dataEnd > segmentStart) return [];
  } finally {
    handle.close();
  }
  files.remove(name);
  files.syncFolder();
  run.pop();
  return [{ file: name, offset: 0, cutBytes: dataEnd, reason: 'the file was being made when the node ended' }];
}

/** @throws StorageError when the segment has no whole header of this folder. */
function readHeader(files: Files, storageId: StorageId, segment: number): SegmentHeader {
  const path = files.pathOf(segmentName(segment));
  const handle = files.open(segmentName(segment), 'read');
  try {
    const bytes = new Uint8Array(segmentStart);
    const filled = handle.read(bytes, 0);
    return headerOf(bytes.subarray(0, filled), path, storageId, segment).header;
  } finally {
    handle.close();
  }
}

/** The header in the first bytes of a segment. @throws StorageError when there is none of this folder. */
export function headerOf(
  bytes: Uint8Array,
  path: string,
  storageId: StorageId,
  segment: number,
): { readonly version: number; readonly header: SegmentHeader } {
  const start = readSegmentStart(bytes, storageId, segment);
  if (start === undefined) throw damaged(path, 0, 'it does not begin as a file of the log');
  if (start.version > formatVersion) throw writtenByNewerVersion(path, start.version, formatVersion);
  if (start.header === undefined) throw damaged(path, 0, 'its header is not whole, or of another data folder');
  return { version: start.version, header: start.header };
}

/** No entry may be missing between the snapshot and the log. */
function checkBeginning(files: Files, header: SegmentHeader, snapshot: SnapshotMeta | null): void {
  const { segment, lastIndex, lastTerm } = header;
  const held = snapshot?.lastIncludedIndex ?? 0;
  const isHeld = lastIndex < held || (lastIndex === held && lastTerm === snapshot?.lastIncludedTerm);
  if (segment === 1 || isHeld) return;
  const instead = snapshot ? `the snapshot ends at entry ${held}` : 'no snapshot is there';
  const what = `the file is missing, later ones begin behind entry ${lastIndex}, and ${instead}`;
  throw damaged(files.pathOf(segmentName(segment - 1)), 0, what);
}
