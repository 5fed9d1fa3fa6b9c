/**
 * A client's entry, text or bytes, as the payload that goes to a node's thread.
 */

/** Bytes of its own: a view (a small Buffer is one) would drag all that it is a view of along. */
export function entryPayload(entry: string | Uint8Array): Uint8Array {
  if (typeof entry === 'string') return new TextEncoder().encode(entry);
  // Plain JavaScript may give anything else: the check of the request refuses it with a sentence.
  return entry instanceof Uint8Array ? new Uint8Array(entry) : entry;
}
