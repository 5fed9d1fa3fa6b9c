/**
 * Log entries inside a message: `[term, flags, payload]`, and `prevLogIndex, prevLogTerm` behind it for a conditional
 * one. An entry's index is not sent: the entries of an AppendEntries stand at prevLogIndex + 1, + 2 …
 */
import { limits } from '../../shared/cluster-config.ts';
import type { Expectation, LogEntry } from '../../shared/log-entry.ts';
import { FieldReader, type Problem } from './field-reader.ts';

const flagNoop = 1;
const flagContinues = 2;
const flagExpects = 4;
const flagsMax = 7;

export function encodeEntry(entry: LogEntry): unknown[] {
  const { term, kind, payload, expect, continues } = entry;
  const flags = (kind === 'noop' ? flagNoop : 0) | (continues ? flagContinues : 0) | (expect ? flagExpects : 0);
  return expect ? [term, flags, payload, expect.prevLogIndex, expect.prevLogTerm] : [term, flags, payload];
}

/** Reads an entry that stands at `index`; what is wrong is noted in `problem`. */
export function decodeEntry(value: unknown, index: number, problem: Problem): LogEntry {
  const fields = new FieldReader(value, problem, 'an entry');
  const term = fields.integer("an entry's term", limits.termMax, 1);
  const flags = fields.integer("an entry's flags", flagsMax);
  const isNoop = (flags & flagNoop) !== 0;
  // A no-op is the leader's own: it carries nothing and depends on nothing.
  if (isNoop && flags !== flagNoop) problem.reason ??= 'a no-op entry continues or expects something';
  const payload = fields.bytes("an entry's payload", isNoop ? 0 : limits.entryPayloadBytesMax);
  const expect = (flags & flagExpects) === 0 ? undefined : readExpectation(fields);
  fields.end('an entry');
  return {
    index,
    term,
    kind: isNoop ? 'noop' : 'client',
    payload,
    ...(expect && { expect }),
    ...((flags & flagContinues) !== 0 && { continues: true }),
  };
}

/** Two fields: index and term of the last client entry that the client has seen, (0, 0) for none. */
export function readExpectation(fields: FieldReader): Expectation {
  const prevLogIndex = fields.integer("an expectation's prevLogIndex", limits.indexMax);
  const prevLogTerm = fields.integer("an expectation's prevLogTerm", limits.termMax);
  return { prevLogIndex, prevLogTerm };
}
