/** What the stream says of a client's request and of its answer, by whichever lab it was asked. */
import type { ClientAnswer, ClientRequest, RangeEntry } from '../../shared/client-request.ts';
import type { EventOf } from '../../shared/event.ts';
import { isOutcomeKnown, type Result } from '../../shared/result.ts';
import { digestPayload } from './content-digest.ts';
import { describeEntries } from './describe-entries.ts';

/** What stands in the stream as a client's. */
export type DataKind = 'append' | 'index-range';
export type DataRequest<Kind extends DataKind = DataKind> = Extract<ClientRequest, { kind: Kind }>;
export type DataAnswer<Kind extends DataKind = DataKind> = Extract<ClientAnswer, { kind: Kind }>;

export function describeRequest(request: DataRequest): EventOf<'request-sent'>['request'] {
  if (request.kind === 'append') {
    const { entries, expect, session } = request;
    const wish = { ...(expect && { expect }), ...(session && { session }) };
    return { kind: 'append', ...describeEntries(entries), ...wish, digests: entries.map(digestPayload) };
  }
  const { startIndex, endIndex, read = 'linearizable' } = request;
  return { kind: 'index-range', startIndex, endIndex, read };
}

export function describeOutcome(result: Result<DataAnswer>): EventOf<'request-answered'>['outcome'] {
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
  const { entries, appliedIndex, continueAt } = answer;
  return {
    kind: 'range',
    entryCount: entries.length,
    appliedIndex,
    ...(continueAt !== undefined && { continueAt }),
    entries: entries.filter(({ kind }) => kind === 'client').map(seen),
  };
}

function seen({ index, term, payload }: RangeEntry): { index: number; term: number; digest: number } {
  return { index, term, digest: digestPayload(payload) };
}
