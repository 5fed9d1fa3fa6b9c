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

/**
 * The entries as appends, each within the limits of one; a string says why they can't be sent. Their order stays.
 */
export function appendsOf(entries: readonly Uint8Array[]): Uint8Array[][] | string {
  if (entries.length === 0) return text.nothingToAppend;
  const large = entries.findIndex((entry) => entry.byteLength > limits.entryPayloadBytesMax);
  if (large >= 0) {
    return text.entryTooLarge(large + 1, entries[large]?.byteLength ?? 0, limits.entryPayloadBytesMax);
  }
  const appends: Uint8Array[][] = [];
  let bytes = Infinity;
  for (const payload of entries) {
    const size = entryBytes({ payload });
    const last = appends.at(-1);
    if (last && last.length < limits.entriesPerRequestMax && bytes + size <= limits.requestBytesMax) {
      last.push(payload);
      bytes += size;
    } else {
      appends.push([payload]);
      bytes = size;
    }
  }
  return appends;
}

/** Payload bytes of all entries. */
export function sizeOf(entries: readonly Uint8Array[]): number {
  return entries.reduce((sum, entry) => sum + entry.byteLength, 0);
}
