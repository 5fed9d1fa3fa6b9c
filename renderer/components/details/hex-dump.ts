/** Bytes as a person reads them: rows of an offset, sixteen bytes in hexadecimal, and the same as characters. */

export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly characters: string;
}

/** More rows than this would only be scrolled past. */
export const hexBytesMax = 4_096;
const rowBytes = 16;

export function hexRows(bytes: Uint8Array): readonly HexRow[] {
  const shown = bytes.subarray(0, hexBytesMax);
  return Array.from({ length: Math.ceil(shown.byteLength / rowBytes) }, (_, row) => {
    const part = Array.from(shown.subarray(row * rowBytes, (row + 1) * rowBytes));
    return {
      offset: (row * rowBytes).toString(16).padStart(4, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      characters: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCodePoint(byte) : '·')).join(''),
    };
  });
}
