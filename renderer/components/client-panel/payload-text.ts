/**
 * An entry's bytes for the eye: as text where they are text, else as hexadecimal.
 */

export interface PayloadText {
  readonly text: string;
  readonly isHex: boolean;
  /** Bytes that `text` shows; fewer than there are when it was cut. */
  readonly shownBytes: number;
}

/** A cell of a table shows no more: 1,000 rows of 32 KB would be too much for any page. */
const shownBytesMax = 512;

export function payloadText(payload: Uint8Array, wantHex: boolean): PayloadText {
  const start = payload.subarray(0, shownBytesMax);
  const isCut = start.byteLength < payload.byteLength;
  const decoded = wantHex ? undefined : decode(start, isCut);
  const text = decoded ?? Array.from(start, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return { text: isCut ? `${text}…` : text, isHex: decoded === undefined, shownBytes: start.byteLength };
}

/** Control characters as pictures (␊ for a line feed): a row is one line. Undefined when the bytes are not UTF-8. */
function decode(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    // As a stream, a character that the cut went through is left out instead of being an error.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
    return text.replaceAll(/\p{Cc}/gu, controlPicture);
  } catch {
    return undefined;
  }
}

/** Unicode has a picture for each ASCII control character. */
function controlPicture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : '·';
}
