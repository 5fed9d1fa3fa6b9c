/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4), eight bytes a step. Node's own `zlib.crc32` is the other polynomial,
 * which finds fewer of the errors that disks make.
 */

const polynomialReversed = 0x82f63b78;
const slices = 8;

/** Table `k` (256 entries from `k * 256`) advances a byte past `k` further zero bytes. */
function makeTables(): Int32Array {
  const tables = new Int32Array(slices * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomialReversed : crc >>> 1;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const shorter = tables[at - 256] ?? 0;
    tables[at] = (shorter >>> 8) ^ (tables[shorter & 0xff] ?? 0);
  }
  return tables;
}

const tables = makeTables();

/** A table entry. The index is always in range: a slice's start plus a byte. */
function table(index: number): number {
  return tables[index] as number;
}

/**
 * The checksum of `bytes` from `start` to before `end`, an unsigned 32-bit integer. `previous` is the checksum of what
 * came before, or any 32-bit number to bind the bytes to a place: the same bytes under another one never match.
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length, previous = 0): number {
  return crc32cOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), start, end, previous);
}

/** The same for who has a view already: making one for each record costs more than the checksum of a small one. */
export function crc32cOf(view: DataView, start: number, end: number, previous: number): number {
  let crc = ~previous;
  let at = start;
  for (; at + slices <= end; at += slices) {
    const low = view.getUint32(at, true) ^ crc;
    const high = view.getUint32(at + 4, true);
    crc =
      table(1792 + (low & 0xff)) ^
      table(1536 + ((low >>> 8) & 0xff)) ^
      table(1280 + ((low >>> 16) & 0xff)) ^
      table(1024 + (low >>> 24)) ^
      table(768 + (high & 0xff)) ^
      table(512 + ((high >>> 8) & 0xff)) ^
      table(256 + ((high >>> 16) & 0xff)) ^
      table(high >>> 24);
  }
  for (; at < end; at += 1) crc = (crc >>> 8) ^ table((crc ^ view.getUint8(at)) & 0xff);
  return ~crc >>> 0;
}
