/**
 * What a person has typed into the append form, as entries; and whether it may be sent.
 */
import { limits } from '../../../shared/cluster-config.ts';
import { entryBytes } from '../../../shared/log-entry.ts';
import { text } from '../../text/client-panel.ts';

/** One entry per line that is not blank; or all of it as one, line breaks and all. UTF-8. */
export function entriesFrom(typed: string, asOneEntry: boolean): Uint8Array[] {
  const parts = asOneEntry ? [typed] : typed.split(/\r?\n/);
  const encoder = new TextEncoder();
  return parts.filter((part) => part.trim() !== '').map((part) => encoder.encode(part));
}

/** What is wrong with these entries, in a sentence; undefined when they may be sent. */
export function problemOfEntries(entries: readonly Uint8Array[]): string | undefined {
  if (entries.length === 0) return text.nothingToAppend;
  if (entries.length > limits.entriesPerRequestMax) {
    return text.tooManyEntries(entries.length, limits.entriesPerRequestMax);
  }
  const large = entries.findIndex((entry) => entry.byteLength > limits.entryPayloadBytesMax);
  if (large >= 0) {
    return text.entryTooLarge(large + 1, entries[large]?.byteLength ?? 0, limits.entryPayloadBytesMax);
  }
  const bytes = entries.reduce((sum, payload) => sum + entryBytes({ payload }), 0);
  return bytes > limits.requestBytesMax ? text.appendTooLarge(bytes, limits.requestBytesMax) : undefined;
}

/** Payload bytes of all entries. */
export function sizeOf(entries: readonly Uint8Array[]): number {
  return entries.reduce((sum, entry) => sum + entry.byteLength, 0);
}
