/**
 * The answer to a read, as integers in a row and payloads: how far the server has applied, where to go on, how many
 * entries, and for each its form, index and term where they do not follow the entry before, and the length of its payload.
 */
import type { RangeAnswer, RangeEntry } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import { entryKinds } from './entry-codec.ts';
import type { FieldReader, Problem } from './field-reader.ts';
import type { PayloadReader } from './payload-run.ts';

/** The lowest three bits are the entry's kind. */
const kindMask = 7;
const formRefused = 8;
/** Otherwise it is one above the entry before. */
const formIndex = 16;
/** Otherwise it is that of the entry before. */
const formTerm = 32;
const formMax = 63;

export function writeRangeAnswer(answer: RangeAnswer, integers: number[], payloads: Uint8Array[]): void {
  integers.push(answer.appliedIndex);
  if (answer.continueAt !== undefined) integers.push(answer.continueAt);
  integers.push(answer.entries.length);
  let former = { index: 0, term: 0 };
  for (const entry of answer.entries) {
    const { index, term, kind, payload, refused } = entry;
    const isNext = index === former.index + 1;
    const isAlike = term === former.term;
    const form = entryKinds.indexOf(kind) | (isNext ? 0 : formIndex) | (isAlike ? 0 : formTerm);
    integers.push(refused === true ? form | formRefused : form);
    if (!isNext) integers.push(index);
    if (!isAlike) integers.push(term);
    integers.push(payload.byteLength);
    payloads.push(payload);
    former = entry;
  }
}

/** What is wrong is noted in `problem`. */
export function readRangeAnswer(
  goesOn: boolean,
  integers: FieldReader,
  payloads: PayloadReader,
  problem: Problem,
): RangeAnswer {
  const appliedIndex = integers.integer('appliedIndex', limits.indexMax);
  const continueAt = goesOn ? integers.integer('continueAt', limits.indexMax, 1) : undefined;
  const count = integers.integer('a number of entries', limits.rangeEntriesMax);
  const entries: RangeEntry[] = [];
  let former = { index: 0, term: 0 };
  for (let place = 0; place < count && problem.reason === undefined; place += 1) {
    const entry = readEntry(former, integers, payloads, problem);
    entries.push(entry);
    former = entry;
  }
  return { kind: 'index-range', entries, appliedIndex, ...(continueAt !== undefined && { continueAt }) };
}

function readEntry(
  former: { readonly index: number; readonly term: number },
  integers: FieldReader,
  payloads: PayloadReader,
  problem: Problem,
): RangeEntry {
  const form = integers.integer("an entry's form", formMax);
  const kind = entryKinds[form & kindMask] ?? 'noop';
  if ((form & kindMask) >= entryKinds.length) problem.reason ??= `an entry has the form ${form}`;
  // Entries of a range rise, and there is none behind the last index.
  const index =
    (form & formIndex) === 0
      ? former.index + 1
      : integers.integer("an entry's index", limits.indexMax, Math.min(former.index + 1, limits.indexMax));
  const term = (form & formTerm) === 0 ? former.term : integers.integer("an entry's term", limits.termMax, 1);
  if (term === 0 || index > limits.indexMax || index === former.index)
    problem.reason ??= 'an entry stands where none can';
  const bytesMax = kind === 'client' ? limits.entryPayloadBytesMax : 0;
  const payload = payloads.take(integers.integer("an entry's length", bytesMax));
  return (form & formRefused) === 0 ? { index, term, kind, payload } : { index, term, kind, payload, refused: true };
}
