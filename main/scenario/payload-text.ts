/** Entries as text. (`TextDecoder` belongs to a platform; this folder runs on any.) */

/** The text, or undefined for bytes that are no UTF-8. */
export function payloadText(payload: Uint8Array): string | undefined {
  let encoded = '';
  for (const byte of payload) encoded += `%${byte.toString(16).padStart(2, '0')}`;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
