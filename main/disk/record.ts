/**
 * What a log file is made of. Bodies, little-endian (u64 fields hold integers up to 2^53 − 1):
 *
 *     1 entry           u64 index · u64 term · u8 kind · u8 flags · further fields (entry-body.ts) · payload
 *     2 truncate        u64 fromIndex
 *     3 hard-state      u64 term · u32 votedFor (2^32 − 1: none)
 *     4 segment-header  storageId 16 B · u32 segment · u32 previousSegmentBytes · u64 lastIndex · u64 lastTerm · hard state 12 B
 *     5 meta            storageId 16 B · u64 boot
 */
import { AssertionError, assertNever } from '../../shared/assert.ts';
import type { BootId, StorageId } from '../../shared/ids.ts';
import type { LogEntry } from '../../shared/log-entry.ts';
import type { HardState } from '../ports.ts';
import { getInteger, setInteger, uuidFromBytes, uuidToBytes } from './byte-fields.ts';
import { decodeEntry, encodeEntry, entryBodyBytes } from './entry-body.ts';
import { bodyBytesMax, frameBytes, isWhole, readFrame, sealFrame } from './frame.ts';
import type { Frame, Place } from './frame.ts';

/** The first record of a segment: the state in which it begins, so that the segments before it can be dropped. */
export interface SegmentHeader {
  readonly storageId: StorageId;
  /** 1, 2, 3 … */
  readonly segment: number;
  /**
   * Where the records of the segment before this one end. 0 in the first one, and in one with which the log begins anew:
   * behind a snapshot that was installed, and nothing before it counts.
   */
  readonly previousSegmentBytes: number;
  /** The last entry before this segment, (0, 0) for none. */
  readonly lastIndex: number;
  readonly lastTerm: number;
  readonly hardState: HardState;
}

export type DiskRecord =
  | { readonly type: 'entry'; readonly entry: LogEntry }
  | { readonly type: 'truncate'; readonly fromIndex: number }
  | { readonly type: 'hard-state'; readonly hardState: HardState }
  | { readonly type: 'segment-header'; readonly header: SegmentHeader }
  | { readonly type: 'meta'; readonly storageId: StorageId; readonly boot: BootId };

const typeCodes = { entry: 1, truncate: 2, 'hard-state': 3, 'segment-header': 4, meta: 5 } as const;

const hardStateBytes = 12;
const segmentHeaderBytes = 16 + 4 + 4 + 8 + 8 + hardStateBytes;
const metaBytes = 24;
const votedForNone = 0xff_ff_ff_ff;

/** What the record takes on disk, frame included, in bytes. */
export function recordBytes(record: DiskRecord): number {
  return frameBytes + bodyBytes(record);
}

function bodyBytes(record: DiskRecord): number {
  switch (record.type) {
    case 'entry':
      return entryBodyBytes(record.entry);
    case 'truncate':
      return 8;
    case 'hard-state':
      return hardStateBytes;
    case 'segment-header':
      return segmentHeaderBytes;
    case 'meta':
      return metaBytes;
    default:
      return assertNever(record, 'bodyBytes');
  }
}

/** Bytes to write records into, and a view over them. */
export interface RecordTarget {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function recordTarget(bytes: Uint8Array): RecordTarget {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Writes the record with its frame at `at`. @returns the offset behind it. */
export function encodeRecord(
  target: RecordTarget,
  at: number,
  record: DiskRecord,
  place: Place,
  flushOffset: number,
): number {
  const length = bodyBytes(record);
  if (length > bodyBytesMax)
    throw new AssertionError(`a record of ${length} bytes is above the limit of ${bodyBytesMax}`);
  encodeBody(target, at + frameBytes, record);
  sealFrame(target.view, at, place, { type: typeCodes[record.type], bodyBytes: length, flushOffset });
  return at + frameBytes + length;
}

function encodeBody({ bytes, view }: RecordTarget, at: number, record: DiskRecord): void {
  switch (record.type) {
    case 'entry':
      return encodeEntry(bytes, view, at, record.entry);
    case 'truncate':
      return setInteger(view, at, record.fromIndex);
    case 'hard-state':
      return encodeHardState(view, at, record.hardState);
    case 'segment-header':
      return encodeSegmentHeader(bytes, view, at, record.header);
    case 'meta':
      bytes.set(uuidToBytes(record.storageId), at);
      return setInteger(view, at + 16, record.boot);
    default:
      return assertNever(record, 'encodeBody');
  }
}

function encodeHardState(view: DataView, at: number, { term, votedFor }: HardState): void {
  setInteger(view, at, term);
  view.setUint32(at + 8, votedFor ?? votedForNone, true);
}

function encodeSegmentHeader(bytes: Uint8Array, view: DataView, at: number, header: SegmentHeader): void {
  bytes.set(uuidToBytes(header.storageId), at);
  view.setUint32(at + 16, header.segment, true);
  view.setUint32(at + 20, header.previousSegmentBytes, true);
  setInteger(view, at + 24, header.lastIndex);
  setInteger(view, at + 32, header.lastTerm);
  encodeHardState(view, at + 40, header.hardState);
}

/** The whole record at `at` in `bytes`, or undefined when there is none. A payload is a view of `bytes`. */
export function readRecord(bytes: Uint8Array, at: number, place: Place): DiskRecord | undefined {
  const frame = readFrame(bytes, at);
  if (frame === undefined || !isWhole(bytes, at, frame, place)) return undefined;
  return decodeBody(bytes, at, frame);
}

/** The record in a whole frame; undefined when its body makes no sense to this version. */
export function decodeBody(bytes: Uint8Array, at: number, frame: Frame): DiskRecord | undefined {
  const body = bytes.subarray(at + frameBytes, at + frameBytes + frame.bodyBytes);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  if (frame.type === typeCodes.entry) return asEntryRecord(decodeEntry(body));
  if (frame.type === typeCodes.truncate) return decodeTruncate(view);
  if (frame.type === typeCodes['hard-state']) return decodeHardStateRecord(view);
  if (frame.type === typeCodes['segment-header']) return decodeSegmentHeader(body, view);
  if (frame.type === typeCodes.meta) return decodeMeta(body, view);
  return undefined;
}

function asEntryRecord(entry: LogEntry | undefined): DiskRecord | undefined {
  return entry && { type: 'entry', entry };
}

function decodeTruncate(view: DataView): DiskRecord | undefined {
  const fromIndex = view.byteLength === 8 ? getInteger(view, 0) : undefined;
  return fromIndex === undefined ? undefined : { type: 'truncate', fromIndex };
}

function decodeHardState(view: DataView, at: number): HardState | undefined {
  const term = getInteger(view, at);
  const votedFor = view.getUint32(at + 8, true);
  return term === undefined ? undefined : { term, votedFor: votedFor === votedForNone ? null : votedFor };
}

function decodeHardStateRecord(view: DataView): DiskRecord | undefined {
  const hardState = view.byteLength === hardStateBytes ? decodeHardState(view, 0) : undefined;
  return hardState && { type: 'hard-state', hardState };
}

function decodeSegmentHeader(body: Uint8Array, view: DataView): DiskRecord | undefined {
  if (body.length !== segmentHeaderBytes) return undefined;
  const lastIndex = getInteger(view, 24);
  const lastTerm = getInteger(view, 32);
  const hardState = decodeHardState(view, 40);
  if (lastIndex === undefined || lastTerm === undefined || hardState === undefined) return undefined;
  const storageId = uuidFromBytes(body.subarray(0, 16));
  const segment = view.getUint32(16, true);
  const previousSegmentBytes = view.getUint32(20, true);
  return {
    type: 'segment-header',
    header: { storageId, segment, previousSegmentBytes, lastIndex, lastTerm, hardState },
  };
}

function decodeMeta(body: Uint8Array, view: DataView): DiskRecord | undefined {
  if (body.length !== metaBytes) return undefined;
  const boot = getInteger(view, 16);
  return boot === undefined ? undefined : { type: 'meta', storageId: uuidFromBytes(body.subarray(0, 16)), boot };
}
