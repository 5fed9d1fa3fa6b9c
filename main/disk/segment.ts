/**
 * One file of the log: its name, its seed, and its first bytes (preamble and header record). Records follow.
 */
import type { StorageId } from '../../shared/ids.ts';
import type { FileHandle, Files } from '../ports.ts';
import { uuidToBytes } from './byte-fields.ts';
import { crc32c } from './crc32c.ts';
import { encodePreamble, preambleBytes, readPreamble } from './preamble.ts';
import { encodeRecord, readRecord, recordBytes, recordTarget } from './record.ts';
import type { SegmentHeader } from './record.ts';

const placeholder: SegmentHeader = {
  storageId: '00000000-0000-4000-8000-000000000000',
  segment: 1,
  previousSegmentBytes: 0,
  lastIndex: 0,
  lastTerm: 0,
  hardState: { term: 0, votedFor: null },
};

/** Where the records of every segment begin. */
export const segmentStart = preambleBytes + recordBytes({ type: 'segment-header', header: placeholder });

/** `log-00000001.seg`, … */
export function segmentName(segment: number): string {
  return `log-${String(segment).padStart(8, '0')}.seg`;
}

/** The number in a segment's file name; undefined for any other file. */
export function segmentOfName(name: string): number | undefined {
  const digits = /^log-(\d{8,10})\.seg$/.exec(name)?.[1];
  const segment = digits === undefined ? undefined : Number(digits);
  return segment !== undefined && segmentName(segment) === name ? segment : undefined;
}

/** The segments in a folder, ascending. */
export function listSegments(files: Files): number[] {
  return files
    .list()
    .flatMap((name) => segmentOfName(name) ?? [])
    .toSorted((left, right) => left - right);
}

/** What the CRCs of a segment begin with: a record of another folder or segment, met in this one, is not valid. */
export function segmentSeed(storageId: StorageId, segment: number): number {
  const bytes = new Uint8Array(20);
  bytes.set(uuidToBytes(storageId), 0);
  new DataView(bytes.buffer).setUint32(16, segment, true);
  return crc32c(bytes);
}

/** Preamble and header of a segment: `segmentStart` bytes. */
export function encodeSegmentStart(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(segmentStart);
  const place = { seed: segmentSeed(header.storageId, header.segment), offset: preambleBytes };
  encodePreamble(bytes, 'log');
  encodeRecord(recordTarget(bytes), preambleBytes, { type: 'segment-header', header }, place, 0);
  return bytes;
}

/** What the first `segmentStart` bytes of a segment say: undefined when they are not whole. */
export function readSegmentStart(
  bytes: Uint8Array,
  storageId: StorageId,
  segment: number,
): { readonly version: number; readonly header?: SegmentHeader } | undefined {
  const version = readPreamble(bytes, 'log');
  if (version === undefined) return undefined;
  const place = { seed: segmentSeed(storageId, segment), offset: preambleBytes };
  const record = readRecord(bytes, preambleBytes, place);
  return record?.type === 'segment-header' ? { version, header: record.header } : { version };
}

/** Makes a segment that is durable, its name too, before anything is written behind its header. @returns its open file. */
export function createSegment(files: Files, header: SegmentHeader): FileHandle {
  const handle = files.open(segmentName(header.segment), 'create-new');
  try {
    handle.write(encodeSegmentStart(header), 0);
    handle.dataSync();
    files.syncFolder();
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}
