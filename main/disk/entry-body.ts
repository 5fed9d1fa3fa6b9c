/**
 * An entry's body on disk: u64 index · u64 term · u8 kind · u8 flags · [u64 prevLogIndex · u64 prevLogTerm] · payload.
 */
import type { EntryKind, LogEntry } from '../../shared/log-entry.ts';
import { getInteger, setInteger } from './byte-fields.ts';

const kindCodes: Record<EntryKind, number> = { client: 0, noop: 1 };
const kinds: readonly EntryKind[] = ['client', 'noop'];
const flagExpect = 1;
const flagContinues = 2;
const flagsKnown = flagExpect | flagContinues;
const entryFieldsBytes = 18;
const expectBytes = 16;

/** What the body takes, in bytes. */
export function entryBodyBytes(entry: LogEntry): number {
  return entryFieldsBytes + (entry.expect ? expectBytes : 0) + entry.payload.length;
}

/** Writes the entry's body, which fills `body`. */
export function encodeEntry(body: Uint8Array, entry: LogEntry): void {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  setInteger(view, 0, entry.index);
  setInteger(view, 8, entry.term);
  view.setUint8(16, kindCodes[entry.kind]);
  view.setUint8(17, (entry.expect ? flagExpect : 0) | (entry.continues === true ? flagContinues : 0));
  if (entry.expect) {
    setInteger(view, entryFieldsBytes, entry.expect.prevLogIndex);
    setInteger(view, entryFieldsBytes + 8, entry.expect.prevLogTerm);
  }
  body.set(entry.payload, entryFieldsBytes + (entry.expect ? expectBytes : 0));
}

/** The entry in a body, its payload a view of it; undefined when it makes no sense to this version. */
export function decodeEntry(body: Uint8Array): LogEntry | undefined {
  if (body.length < entryFieldsBytes) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const index = getInteger(view, 0);
  const term = getInteger(view, 8);
  const kind = kinds[view.getUint8(16)];
  const flags = view.getUint8(17);
  if (index === undefined || term === undefined || kind === undefined || (flags & ~flagsKnown) !== 0) return undefined;
  const continues = flags & flagContinues ? { continues: true } : {};
  if (!(flags & flagExpect)) return { index, term, kind, payload: body.subarray(entryFieldsBytes), ...continues };
  if (body.length < entryFieldsBytes + expectBytes) return undefined;
  const prevLogIndex = getInteger(view, entryFieldsBytes);
  const prevLogTerm = getInteger(view, entryFieldsBytes + 8);
  if (prevLogIndex === undefined || prevLogTerm === undefined) return undefined;
  const payload = body.subarray(entryFieldsBytes + expectBytes);
  return { index, term, kind, payload, expect: { prevLogIndex, prevLogTerm }, ...continues };
}
