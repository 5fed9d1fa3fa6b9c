/**
 * How a snapshot's file begins: 512 bytes that say what it replaces and how much follows.
 *
 *     0   16 B  preamble
 *     16  u32   CRC-32C of bytes 20 … 511
 *     20  16 B  storage id
 *     36  u64   lastIncludedIndex
 *     44  u64   lastIncludedTerm
 *     52  u64   configurationIndex
 *     60  u64   totalBytes: of the data
 *     68  u32   CRC-32C of the blocks' CRCs (4 bytes each), one behind the other
 *     72  …     configuration (configuration-body.ts), then zeros
 *
 * The data follows in blocks of 65,536 bytes, the last one shorter: the CRC-32C of the rest of the block, begun with the
 * block's number (0, 1, 2 …), and up to 65,532 bytes of data.
 */
import { assert } from '../../shared/assert.ts';
import type { SnapshotMeta } from '../../shared/configuration.ts';
import type { StorageId } from '../../shared/ids.ts';
import { getInteger, setInteger, uuidFromBytes, uuidToBytes } from './byte-fields.ts';
import { configurationBytes, decodeConfiguration, encodeConfiguration } from './configuration-body.ts';
import { crc32c } from './crc32c.ts';
import { encodePreamble, preambleBytes } from './preamble.ts';

export const snapshotHeaderBytes = 512;
export const blockBytesMax = 65_536;
export const blockCrcBytes = 4;
export const blockDataBytesMax = blockBytesMax - blockCrcBytes;

const crcAt = preambleBytes;
const contentAt = crcAt + 4;
const integersAt = 36;
const blocksCrcAt = 68;
const configurationAt = 72;

export interface SnapshotHeader {
  readonly storageId: StorageId;
  readonly meta: SnapshotMeta;
  readonly blocksCrc: number;
}

export function encodeSnapshotHeader({ storageId, meta, blocksCrc }: SnapshotHeader): Uint8Array {
  const bytes = new Uint8Array(snapshotHeaderBytes);
  const view = new DataView(bytes.buffer);
  assert(
    configurationAt + configurationBytes(meta.configuration) <= snapshotHeaderBytes,
    'a configuration within the limits fits into the header of a snapshot',
  );
  encodePreamble(bytes, 'snapshot');
  bytes.set(uuidToBytes(storageId), contentAt);
  const { lastIncludedIndex, lastIncludedTerm, configurationIndex, totalBytes } = meta;
  [lastIncludedIndex, lastIncludedTerm, configurationIndex, totalBytes].forEach((value, place) =>
    setInteger(view, integersAt + place * 8, value),
  );
  view.setUint32(blocksCrcAt, blocksCrc, true);
  encodeConfiguration(view, configurationAt, meta.configuration);
  view.setUint32(crcAt, crc32c(bytes, contentAt), true);
  return bytes;
}

/** What a header behind a good preamble says; undefined when it is not whole. */
export function decodeSnapshotHeader(bytes: Uint8Array): SnapshotHeader | undefined {
  if (bytes.length < snapshotHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, snapshotHeaderBytes);
  if (view.getUint32(crcAt, true) !== crc32c(bytes, contentAt, snapshotHeaderBytes)) return undefined;
  const integerAt = (place: number): number | undefined => getInteger(view, integersAt + place * 8);
  const [lastIncludedIndex, lastIncludedTerm] = [integerAt(0), integerAt(1)];
  const [configurationIndex, totalBytes] = [integerAt(2), integerAt(3)];
  const configuration = decodeConfiguration(view, configurationAt)?.configuration;
  if (lastIncludedIndex === undefined || lastIncludedTerm === undefined) return undefined;
  if (configurationIndex === undefined || totalBytes === undefined || configuration === undefined) return undefined;
  return {
    storageId: uuidFromBytes(bytes.subarray(contentAt, integersAt)),
    meta: { lastIncludedIndex, lastIncludedTerm, configuration, configurationIndex, totalBytes },
    blocksCrc: view.getUint32(blocksCrcAt, true),
  };
}

/** What a whole file with so much data has, in bytes. */
export function snapshotFileBytes(totalBytes: number): number {
  return snapshotHeaderBytes + totalBytes + Math.ceil(totalBytes / blockDataBytesMax) * blockCrcBytes;
}
