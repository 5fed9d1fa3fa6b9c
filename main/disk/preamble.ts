/**
 * The first 16 bytes of every file. They never change their layout, so that any version can tell which one wrote a file.
 *
 *     0  8 B  magic: what kind of file
 *     8  u32  format version
 *     12 u32  CRC-32C of bytes 0 … 11
 */
import { crc32c } from './crc32c.ts';

export const preambleBytes = 16;
/**
 * Raised when a file's meaning changes. Version 2 has further kinds of entries, compaction and snapshots; version 1 has
 * nothing that version 2 reads otherwise, so its files are read as they are.
 */
export const formatVersion = 2;

export type FileKind = 'log' | 'identity' | 'snapshot';

const magics: Record<FileKind, string> = { log: 'RaftLog\0', identity: 'RaftId\0\0', snapshot: 'RaftSnap' };

/** Writes the preamble of a file of this `kind` at the start of `bytes`. */
export function encodePreamble(bytes: Uint8Array, kind: FileKind, version = formatVersion): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  bytes.set(new TextEncoder().encode(magics[kind]), 0);
  view.setUint32(8, version, true);
  view.setUint32(12, crc32c(bytes, 0, 12), true);
}

/** The format version of a file of this `kind`; undefined when `bytes` do not begin with a whole preamble of that kind. */
export function readPreamble(bytes: Uint8Array, kind: FileKind): number | undefined {
  if (bytes.length < preambleBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = new TextEncoder().encode(magics[kind]);
  if (magic.some((byte, at) => bytes[at] !== byte) || view.getUint32(12, true) !== crc32c(bytes, 0, 12))
    return undefined;
  return view.getUint32(8, true);
}
