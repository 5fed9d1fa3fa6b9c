/** A client's request as it stands in the log, entry by entry, until it is decided whether it takes effect. */
import type { Expectation, LogEntry, SessionStamp } from '../../shared/log-entry.ts';
import type { ClientEntryPosition, RequestOutcome } from './client-sessions.ts';

/** A request whose last entry has not been applied yet. */
export interface OpenRequest {
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly term: number;
  readonly expect?: Expectation;
  readonly session?: SessionStamp;
}

/** What is known of a request from its first entry, which alone carries its condition and its session. */
export function beginRequest({ index, term, expect, session }: LogEntry): OpenRequest {
  return { firstIndex: index, lastIndex: index, term, ...(expect && { expect }), ...(session && { session }) };
}

/** Refused when it expects another last client entry than `lastClientEntry`. */
export function judgeRequest(request: OpenRequest, lastClientEntry: ClientEntryPosition): RequestOutcome {
  const { firstIndex, lastIndex, term, expect } = request;
  const holds =
    !expect || (expect.prevLogIndex === lastClientEntry.index && expect.prevLogTerm === lastClientEntry.term);
  return holds ? { kind: 'appended', firstIndex, lastIndex, term } : { kind: 'refused', lastClientEntry };
}
