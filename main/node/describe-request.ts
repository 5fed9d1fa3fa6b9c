/** What the stream says of a client's request and of its answer, by whichever lab it was asked. */
import type { ClientAnswer, ClientRequest, RangeEntry } from '../../shared/client-request.ts';
import type { EventOf } from '../../shared/event.ts';
import { isOutcomeKnown, type Result } from '../../shared/result.ts';
import { describeEntries } from './describe-entries.ts';

/** What stands in the stream as a client's. */
export type DataKind = 'append' | 'index-range';
export type DataRequest<Kind extends DataKind = DataKind> = Extract<ClientRequest, { kind: Kind }>;
export type DataAnswer<Kind extends DataKind = DataKind> = Extract<ClientAnswer, { kind: Kind }>;

/** What stands in an answer of the entries that were read; undefined when these are too many. */
export interface EntriesShown {
  take(entries: readonly RangeEntry[]): Extract<RequestOutcome, { kind: 'range' }>['entries'];
}

type RequestOutcome = EventOf<'request-answered'>['outcome'];

/** @param digestOf a number for a payload, equal for equal ones */
export function describeRequest(
  request: DataRequest,
  digestOf: (payload: Uint8Array) => number,
): EventOf<'request-sent'>['request'] {
  if (request.kind === 'append') {
    const { entries, expect, session } = request;
    const wish = { ...(expect && { expect }), ...(session && { session }) };
    return { kind: 'append', ...describeEntries(entries), ...wish, digests: entries.map(digestOf) };
  }
  const { startIndex, endIndex, read = 'linearizable' } = request;
  return { kind: 'index-range', startIndex, endIndex, read };
}

export function describeOutcome(result: Result<DataAnswer>, shown: EntriesShown): RequestOutcome {
  if (!result.ok) {
    const { code, message, lastClientEntry, firstIndex } = result.failure;
    const found = { ...(lastClientEntry && { lastClientEntry }), ...(firstIndex !== undefined && { firstIndex }) };
    return { kind: 'failed', code, outcomeKnown: isOutcomeKnown(result.failure), message, ...found };
  }
  const answer = result.value;
  if (answer.kind === 'append') {
    const { firstIndex, lastIndex, term } = answer;
    return { kind: 'appended', firstIndex, lastIndex, term };
  }
  const { appliedIndex, continueAt } = answer;
  const entries = shown.take(answer.entries);
  const more = { ...(continueAt !== undefined && { continueAt }), ...(entries && { entries }) };
  return { kind: 'range', entryCount: answer.entries.length, appliedIndex, ...more };
}
