/**
 * The entries of an AppendEntries: integers in a row, and their payloads. Each entry begins with its form, which says
 * what follows; what is as in the entry before is left out, so that an entry of a busy session takes two integers.
 * An entry's index is not sent: entries stand at prevLogIndex + 1, + 2 …
 */
import { limits } from '../../shared/cluster-config.ts';
import { simpleEntry, type EntryKind, type LogEntry, type SessionStamp } from '../../shared/log-entry.ts';
import type { AppendEntries } from '../../shared/raft-message.ts';
import { configurationIntegers, readConfiguration } from './configuration-codec.ts';
import type { FieldReader, Problem } from './field-reader.ts';
import { joinPayloads, PayloadReader } from './payload-run.ts';
import {
  expectationIntegers,
  goesOn,
  nextSession,
  readExpectation,
  readSession,
  sessionIntegers,
} from './session-codec.ts';

const formTerm = 1;
const formMore = 2;
const formContinues = 4;
const formExpects = 8;
const formSession = 16;
const formGoesOn = 32;
/** Not a client's: its kind follows, and of the other forms only a term. */
const formInternal = 64;
const formMax = 127;

/** A kind's place is its number: append only. The first is never sent. */
export const entryKinds: readonly EntryKind[] = ['client', 'noop', 'configuration', 'session', 'retention'];

type Place = Pick<AppendEntries, 'prevLogIndex' | 'prevLogTerm'>;

/** @returns the two fields */
export function entriesFields(entries: readonly LogEntry[], { prevLogTerm }: Place): [number[], Uint8Array] {
  const integers: number[] = [];
  const payloads: Uint8Array[] = [];
  let payloadBytes = 0;
  let term = prevLogTerm;
  let session: SessionStamp | undefined;
  for (const entry of entries) {
    const form = formOf(entry, term, session);
    integers.push(form);
    if ((form & formTerm) !== 0) integers.push(entry.term);
    term = entry.term;
    if ((form & formInternal) !== 0) {
      integers.push(entryKinds.indexOf(entry.kind));
      if (entry.configuration) integers.push(...configurationIntegers(entry.configuration));
      if (entry.retainEntries !== undefined) integers.push(entry.retainEntries);
      continue;
    }
    if (entry.expect) integers.push(...expectationIntegers(entry.expect));
    if (entry.session) {
      session = entry.session;
      if ((form & formSession) !== 0) integers.push(...sessionIntegers(session));
    }
    integers.push(entry.payload.byteLength);
    payloads.push(entry.payload);
    payloadBytes += entry.payload.byteLength;
  }
  return [integers, joinPayloads(payloads, payloadBytes)];
}

function formOf(entry: LogEntry, formerTerm: number, formerSession: SessionStamp | undefined): number {
  let form = entry.term === formerTerm ? 0 : formTerm;
  if (entry.kind !== 'client') return form | formInternal;
  if (entry.more === true) form |= formMore;
  if (entry.continues === true) form |= formContinues;
  if (entry.expect) form |= formExpects;
  if (entry.session) form |= goesOn(formerSession, entry.session) ? formGoesOn : formSession;
  return form;
}

/** Reads the two fields; what is wrong is noted in `problem`. */
export function readEntries(fields: FieldReader, { prevLogIndex, prevLogTerm }: Place, problem: Problem): LogEntry[] {
  const integers = fields.fieldsOf('entries');
  const payloads = new PayloadReader(fields.bytes('payloads', limits.messageBytesMax), problem);
  const entries: LogEntry[] = [];
  let former: Former = { term: prevLogTerm, session: undefined };
  while (integers.hasMore && problem.reason === undefined) {
    if (entries.length === limits.appendEntriesCountMax) problem.reason = `it has more entries than ${entries.length}`;
    const entry = readEntry(integers, payloads, prevLogIndex + 1 + entries.length, former, problem);
    former = { term: entry.term, session: entry.session ?? former.session };
    entries.push(entry);
  }
  payloads.end();
  return entries;
}

/** What an entry may take over. */
interface Former {
  readonly term: number;
  readonly session: SessionStamp | undefined;
}

function readEntry(
  integers: FieldReader,
  payloads: PayloadReader,
  index: number,
  former: Former,
  problem: Problem,
): LogEntry {
  const form = integers.integer("an entry's form", formMax);
  const term = (form & formTerm) === 0 ? former.term : integers.integer("an entry's term", limits.termMax, 1);
  if (term === 0) problem.reason ??= 'its first entry has no term';
  if ((form & formInternal) !== 0) {
    if ((form & ~formTerm) !== formInternal) problem.reason ??= `an entry that is no client's has the form ${form}`;
    return readInternalEntry(integers, index, term, problem);
  }
  const continues = (form & formContinues) !== 0;
  const hasSession = (form & (formSession | formGoesOn)) !== 0;
  if (continues && (hasSession || (form & formExpects) !== 0))
    problem.reason ??= 'an entry continues a request and has a condition or a session of its own';
  const expect = (form & formExpects) === 0 ? undefined : readExpectation(integers);
  const session = hasSession ? readSessionOf(form, integers, former.session, problem) : undefined;
  const payload = payloads.take(integers.integer("an entry's length", limits.entryPayloadBytesMax));
  if ((form & (formMore | formContinues | formExpects)) === 0) return simpleEntry(index, term, payload, session);
  return {
    index,
    term,
    kind: 'client',
    payload,
    ...(expect && { expect }),
    ...(session && { session }),
    ...(continues && { continues }),
    ...((form & formMore) !== 0 && { more: true }),
  };
}

function readSessionOf(
  form: number,
  integers: FieldReader,
  former: SessionStamp | undefined,
  problem: Problem,
): SessionStamp | undefined {
  if ((form & formSession) !== 0) {
    if ((form & formGoesOn) !== 0) problem.reason ??= `an entry has the form ${form}`;
    return readSession(integers);
  }
  const session = nextSession(former);
  if (session === undefined) problem.reason ??= 'a session goes on that can not';
  return session;
}

const nothing = new Uint8Array(0);

function readInternalEntry(integers: FieldReader, index: number, term: number, problem: Problem): LogEntry {
  const kind = entryKinds[integers.integer("an entry's kind", entryKinds.length - 1, 1)] ?? 'noop';
  const entry = { index, term, kind, payload: nothing };
  if (kind === 'configuration') return { ...entry, configuration: readConfiguration(integers, problem) };
  if (kind === 'retention')
    return { ...entry, retainEntries: integers.integer('retainEntries', Number.MAX_SAFE_INTEGER) };
  return entry;
}
