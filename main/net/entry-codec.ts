/**
 * Log entries inside a message: `[term, form, payload]` and behind it, as the form says, the fields of an expectation, of
 * a session, of a configuration or of a retention. An entry's index is not sent: the entries of an AppendEntries stand at
 * prevLogIndex + 1, + 2 …
 */
import { limits } from '../../shared/cluster-config.ts';
import type { EntryKind, Expectation, LogEntry, SessionStamp } from '../../shared/log-entry.ts';
import { configurationFields, readConfiguration } from './configuration-codec.ts';
import { FieldReader, type Problem } from './field-reader.ts';

/** A kind's place is its number in the lowest three bits of an entry's form. */
const kinds: readonly EntryKind[] = ['client', 'noop', 'configuration', 'session', 'retention'];
const kindMask = 7;
const formContinues = 8;
const formMore = 16;
const formExpects = 32;
const formSession = 64;
const formMax = 127;

export function encodeEntry(entry: LogEntry): unknown[] {
  const { term, payload, expect, session, configuration, retainEntries } = entry;
  const fields: unknown[] = [term, formOf(entry), payload];
  if (expect) fields.push(...expectationFields(expect));
  if (session) fields.push(...sessionFields(session));
  if (configuration) fields.push(...configurationFields(configuration));
  if (retainEntries !== undefined) fields.push(retainEntries);
  return fields;
}

function formOf({ kind, continues, more, expect, session }: LogEntry): number {
  return (
    kinds.indexOf(kind) |
    (continues === true ? formContinues : 0) |
    (more === true ? formMore : 0) |
    (expect ? formExpects : 0) |
    (session ? formSession : 0)
  );
}

/** Reads an entry that stands at `index`; what is wrong is noted in `problem`. */
export function decodeEntry(value: unknown, index: number, problem: Problem): LogEntry {
  const fields = new FieldReader(value, problem, 'an entry');
  const term = fields.integer("an entry's term", limits.termMax, 1);
  const form = fields.integer("an entry's form", formMax);
  const kind = kinds[form & kindMask];
  if (kind === undefined) problem.reason ??= "an entry's form names no kind";
  // Only clients' requests have parts and conditions, and carry something.
  if (kind !== 'client' && form > kindMask) problem.reason ??= `an entry of kind ${kind} has the form ${form}`;
  const continues = (form & formContinues) !== 0;
  if (continues && (form & (formExpects | formSession)) !== 0)
    problem.reason ??= 'an entry continues a request and has a condition or a session of its own';
  const payload = fields.bytes("an entry's payload", kind === 'client' ? limits.entryPayloadBytesMax : 0);
  const expect = (form & formExpects) === 0 ? undefined : readExpectation(fields);
  const session = (form & formSession) === 0 ? undefined : readSession(fields);
  const configuration = kind === 'configuration' ? readConfiguration(fields, problem) : undefined;
  const retainEntries = kind === 'retention' ? fields.integer('retainEntries', Number.MAX_SAFE_INTEGER) : undefined;
  fields.end('an entry');
  return {
    index,
    term,
    kind: kind ?? 'client',
    payload,
    ...(expect && { expect }),
    ...(session && { session }),
    ...(continues && { continues }),
    ...((form & formMore) !== 0 && { more: true }),
    ...(configuration && { configuration }),
    ...(retainEntries !== undefined && { retainEntries }),
  };
}

export function expectationFields({ prevLogIndex, prevLogTerm }: Expectation): number[] {
  return [prevLogIndex, prevLogTerm];
}

/** Two fields: index and term of the last client entry that the client has seen, (0, 0) for none. */
export function readExpectation(fields: FieldReader): Expectation {
  const prevLogIndex = fields.integer("an expectation's prevLogIndex", limits.indexMax);
  const prevLogTerm = fields.integer("an expectation's prevLogTerm", limits.termMax);
  return { prevLogIndex, prevLogTerm };
}

export function sessionFields({ sessionId, sequence, lowestOpen }: SessionStamp): number[] {
  return [sessionId, sequence, lowestOpen];
}

/** Three fields: which session, which of its requests, and which one is the lowest whose answer the client lacks. */
export function readSession(fields: FieldReader): SessionStamp {
  const sessionId = fields.integer("a session's id", limits.indexMax, 1);
  const sequence = fields.integer("a session's sequence", Number.MAX_SAFE_INTEGER, 1);
  const lowest = Math.max(1, sequence - limits.sessionWindowMax + 1);
  return { sessionId, sequence, lowestOpen: fields.integer("a session's lowestOpen", sequence, lowest) };
}
