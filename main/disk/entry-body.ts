/**
 * An entry's body on disk: u64 index · u64 term · u8 kind · u8 flags, then what kind and flags say:
 * [u64 prevLogIndex · u64 prevLogTerm] · [u64 sessionId · u64 sequence · u64 lowestOpen] · [configuration] ·
 * [u64 retainEntries], then the payload.
 */
import { AssertionError } from '../../shared/assert.ts';
import {
  simpleEntry,
  type EntryKind,
  type Expectation,
  type LogEntry,
  type SessionStamp,
} from '../../shared/log-entry.ts';
import { getInteger, setInteger } from './byte-fields.ts';
import { configurationBytes, decodeConfiguration, encodeConfiguration } from './configuration-body.ts';

const kindCodes: Record<EntryKind, number> = { client: 0, noop: 1, configuration: 2, session: 3, retention: 4 };
const kinds: readonly EntryKind[] = ['client', 'noop', 'configuration', 'session', 'retention'];
const flagExpect = 1;
const flagContinues = 2;
const flagMore = 4;
const flagSession = 8;
const flagsKnown = flagExpect | flagContinues | flagMore | flagSession;
const entryFieldsBytes = 18;
const expectBytes = 16;
const sessionBytes = 24;
const retainBytes = 8;

/** What the body takes, in bytes. */
export function entryBodyBytes(entry: LogEntry): number {
  return (
    entryFieldsBytes +
    (entry.expect ? expectBytes : 0) +
    (entry.session ? sessionBytes : 0) +
    (entry.configuration ? configurationBytes(entry.configuration) : 0) +
    (entry.retainEntries === undefined ? 0 : retainBytes) +
    entry.payload.length
  );
}

/**
 * Writes the entry's body, `entryBodyBytes` bytes.
 * @param view over `bytes`
 * @param start of the body in `bytes`
 */
export function encodeEntry(bytes: Uint8Array, view: DataView, start: number, entry: LogEntry): void {
  const { kind, expect, session, configuration, retainEntries, payload } = entry;
  const fits = (configuration !== undefined) === (kind === 'configuration');
  if (!fits || (retainEntries !== undefined) !== (kind === 'retention'))
    throw new AssertionError(`a ${kind} entry with the wrong fields`);
  setInteger(view, start, entry.index);
  setInteger(view, start + 8, entry.term);
  view.setUint8(start + 16, kindCodes[kind]);
  view.setUint8(start + 17, flagsOf(entry));
  let at = start + entryFieldsBytes;
  if (expect) {
    setInteger(view, at, expect.prevLogIndex);
    setInteger(view, at + 8, expect.prevLogTerm);
    at += expectBytes;
  }
  if (session) {
    setInteger(view, at, session.sessionId);
    setInteger(view, at + 8, session.sequence);
    setInteger(view, at + 16, session.lowestOpen);
    at += sessionBytes;
  }
  if (configuration) at = encodeConfiguration(view, at, configuration);
  if (retainEntries !== undefined) {
    setInteger(view, at, retainEntries);
    at += retainBytes;
  }
  bytes.set(payload, at);
}

function flagsOf({ expect, session, more, continues }: LogEntry): number {
  return (
    (expect ? flagExpect : 0) |
    (continues === true ? flagContinues : 0) |
    (more === true ? flagMore : 0) |
    (session ? flagSession : 0)
  );
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
  const rest = new FieldCursor(view, entryFieldsBytes);
  const expect = flags & flagExpect ? readExpectation(rest) : undefined;
  const session = flags & flagSession ? readSession(rest) : undefined;
  const configuration = kind === 'configuration' ? rest.configuration() : undefined;
  const retainEntries = kind === 'retention' ? rest.integer() : undefined;
  if (rest.failed) return undefined;
  const payload = body.subarray(rest.at);
  if ((flags & ~flagSession) === 0 && kind === 'client') return simpleEntry(index, term, payload, session);
  return {
    index,
    term,
    kind,
    payload,
    ...(expect && { expect }),
    ...(session && { session }),
    ...(flags & flagContinues ? { continues: true } : {}),
    ...(flags & flagMore ? { more: true } : {}),
    ...(configuration && { configuration }),
    ...(retainEntries !== undefined && { retainEntries }),
  };
}

/** Reads one field behind the other; the first that is not there, or is absurd, fails all. */
class FieldCursor {
  readonly #view: DataView;
  at: number;
  failed = false;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.at = at;
  }

  integer(): number {
    const value = this.at + 8 <= this.#view.byteLength ? getInteger(this.#view, this.at) : undefined;
    this.failed ||= value === undefined;
    this.at += 8;
    return value ?? 0;
  }

  configuration(): LogEntry['configuration'] {
    const decoded = decodeConfiguration(this.#view, this.at);
    this.failed ||= decoded === undefined;
    this.at = decoded?.end ?? this.at;
    return decoded?.configuration;
  }
}

function readExpectation(fields: FieldCursor): Expectation {
  return { prevLogIndex: fields.integer(), prevLogTerm: fields.integer() };
}

function readSession(fields: FieldCursor): SessionStamp {
  return { sessionId: fields.integer(), sequence: fields.integer(), lowestOpen: fields.integer() };
}
