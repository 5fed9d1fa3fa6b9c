/** What the stream says of an append's entries: how many, how large, and how the first one begins. */

const previewCharactersMax = 60;
/** Enough bytes for that many characters of UTF-8. */
const previewBytesMax = previewCharactersMax * 4;
const plainText = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter();

export interface EntriesDescription {
  readonly entryCount: number;
  readonly payloadBytes: number;
  /** The beginning of the first entry: text, or hexadecimal digits after `0x` when it is none. One line. */
  readonly preview: string;
}

export function describeEntries(entries: readonly Uint8Array[]): EntriesDescription {
  const payloadBytes = entries.reduce((sum, entry) => sum + entry.byteLength, 0);
  return { entryCount: entries.length, payloadBytes, preview: preview(entries[0] ?? new Uint8Array(0)) };
}

function preview(payload: Uint8Array): string {
  const start = payload.subarray(0, previewBytesMax);
  const cut = start.byteLength < payload.byteLength;
  const plain = Buffer.from(start.buffer, start.byteOffset, start.byteLength).toString('latin1');
  // Looking for the borders of characters takes most of a request's time here; plain text has them everywhere.
  if (plainText.test(plain)) {
    return plain.length <= previewCharactersMax ? plain : `${plain.slice(0, previewCharactersMax)}…`;
  }
  const text = asText(start, cut) ?? `0x${Buffer.from(start).toString('hex')}`;
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  if (!cut && characters.length <= previewCharactersMax) return text;
  return `${characters.slice(0, previewCharactersMax).join('')}…`;
}

/** The text, its control characters made visible; undefined when the bytes are not UTF-8. */
function asText(bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    // As a stream, a character that the cut went through is left out instead of being an error.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return text.replaceAll(/\p{Cc}/gu, '␣');
  } catch {
    return undefined;
  }
}
