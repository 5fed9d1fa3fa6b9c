/**
 * The first 24 bytes of a session file. They never change their layout, so that any version can tell which one wrote a file.
 *
 *     0  8 B  magic
 *     8  u32  format version
 *     12 u32  seed: any number; frames of another file are not taken for frames of this one
 *     16 u32  0
 *     20 u32  CRC-32C of bytes 0 … 19
 */
import { crc32c } from '../disk/crc32c.ts';

export const preambleBytes = 24;
/** Raised when a file's meaning changes so that an older version would misread it. */
export const formatVersion = 1;

const magic = new TextEncoder().encode('RaftSess');

export interface Preamble {
  readonly version: number;
  readonly seed: number;
}

export function encodePreamble({ version, seed }: Preamble): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(preambleBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, version, true);
  view.setUint32(12, seed, true);
  view.setUint32(20, crc32c(bytes, 0, 20), true);
  return bytes;
}

/** Undefined when `bytes` do not begin with a whole preamble. */
export function readPreamble(bytes: Uint8Array): Preamble | undefined {
  if (!hasMagic(bytes) || bytes.length < preambleBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, preambleBytes);
  if (view.getUint32(20, true) !== crc32c(bytes, 0, 20)) return undefined;
  return { version: view.getUint32(8, true), seed: view.getUint32(12, true) };
}

/** True when `bytes` begin as those of a session file do, as far as they go. */
export function hasMagic(bytes: Uint8Array): boolean {
  return bytes.length > 0 && magic.every((byte, at) => at >= bytes.length || bytes[at] === byte);
}
