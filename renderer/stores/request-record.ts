/**
 * A request as its client sees it, from the moment it was sent: a fold over the stream, so that requests of other pages
 * and of before a reload are there, too.
 */
import type { AppendRequest, IndexRangeRequest } from '../../shared/client-request.ts';
import type { EventOf, LabEvent } from '../../shared/event.ts';
import type { NodeId } from '../../shared/ids.ts';
import { isOutcomeKnown, type FailureCode } from '../../shared/result.ts';

/** What the stream says of a request: an append's entries are described, not held. */
export type RequestDescription = EventOf<'request-sent'>['request'];

/** What the client panel can ask. */
export type PanelRequest = AppendRequest | IndexRangeRequest;

/**
 * - `ok`: it took effect, or was read.
 * - `refused`: it had no effect, for sure.
 * - `unknown`: no answer came; it may have taken effect, or still do so.
 */
export type RequestOutcome = 'waiting' | 'ok' | 'refused' | 'unknown';

export interface RequestRecord {
  readonly requestId: string;
  readonly node: NodeId;
  /** When it was sent; when it was answered where the sending is no longer held. */
  readonly timeNs: number;
  readonly kind: PanelRequest['kind'] | undefined;
  /** Undefined when the sending is not known, or the request was refused before it was sent. */
  readonly request: RequestDescription | undefined;
  /** The client of a workload that asked; undefined when a person did. */
  readonly client?: number;
  readonly outcome: RequestOutcome;
  readonly latencyNs?: number;
  readonly appended?: { readonly firstIndex: number; readonly lastIndex: number; readonly term: number };
  readonly range?: { readonly entryCount: number; readonly appliedIndex: number };
  readonly failure?: { readonly code: FailureCode; readonly message: string };
}

/** The record of a request after one more event; undefined when the event is not about a request. */
export function projectRequest(known: RequestRecord | undefined, event: LabEvent): RequestRecord | undefined {
  switch (event.type) {
    case 'request-sent':
      return known?.request ? known : sentRecord(known, event);
    case 'request-answered':
      return answeredRecord(known, event);
    case 'command-refused':
      return refusedRecord(event);
    default:
      return undefined;
  }
}

/** The id under which an event's request is kept; undefined when the event is not about a request. */
export function requestIdOf(event: LabEvent): string | undefined {
  if (event.type === 'request-sent' || event.type === 'request-answered') return event.requestId;
  // Refused before it had an id: the event's own name is one.
  if (event.type === 'command-refused') return `refused-${event.boot}-${event.sequence}-${event.timeNs}`;
  return undefined;
}

function sentRecord(known: RequestRecord | undefined, event: EventOf<'request-sent'>): RequestRecord {
  const { requestId, target, timeNs, request, client } = event;
  return {
    outcome: 'waiting',
    ...known,
    requestId,
    node: target,
    timeNs,
    kind: request.kind,
    request,
    ...(client !== undefined && { client }),
  };
}

function answeredRecord(known: RequestRecord | undefined, event: EventOf<'request-answered'>): RequestRecord {
  const { requestId, target, timeNs, latencyNs, outcome, client } = event;
  const asker = client === undefined ? {} : { client };
  const before = known ?? { requestId, node: target, timeNs, kind: undefined, request: undefined, ...asker };
  if (outcome.kind === 'appended') {
    const { firstIndex, lastIndex, term } = outcome;
    return { ...before, kind: 'append', outcome: 'ok', latencyNs, appended: { firstIndex, lastIndex, term } };
  }
  if (outcome.kind === 'range') {
    const { entryCount, appliedIndex } = outcome;
    return { ...before, kind: 'index-range', outcome: 'ok', latencyNs, range: { entryCount, appliedIndex } };
  }
  const { code, message, outcomeKnown } = outcome;
  return { ...before, outcome: outcomeKnown ? 'refused' : 'unknown', latencyNs, failure: { code, message } };
}

/** The lab names a refused command as `append at node 2`; other commands than a client's are none of ours. */
function refusedRecord(event: EventOf<'command-refused'>): RequestRecord | undefined {
  const named = /^(append|index-range) at node (\d+)$/.exec(event.command);
  if (!named) return undefined;
  return {
    requestId: requestIdOf(event) ?? '',
    node: Number(named[2]),
    timeNs: event.timeNs,
    kind: named[1] === 'append' ? 'append' : 'index-range',
    request: undefined,
    outcome: isOutcomeKnown(event.failure) ? 'refused' : 'unknown',
    failure: { code: event.failure.code, message: event.failure.message },
  };
}

/** True when the description is of this request. */
export function describes(description: RequestDescription, request: PanelRequest): boolean {
  if (description.kind === 'append') {
    return request.kind === 'append' && describesAppend(description, request);
  }
  return (
    request.kind === 'index-range' &&
    request.startIndex === description.startIndex &&
    request.endIndex === description.endIndex &&
    (request.read ?? 'linearizable') === description.read
  );
}

function describesAppend(
  description: Extract<RequestDescription, { kind: 'append' }>,
  request: AppendRequest,
): boolean {
  const bytes = request.entries.reduce((sum, entry) => sum + entry.byteLength, 0);
  return (
    request.entries.length === description.entryCount &&
    bytes === description.payloadBytes &&
    request.expect?.prevLogIndex === description.expect?.prevLogIndex &&
    request.expect?.prevLogTerm === description.expect?.prevLogTerm
  );
}

/** The request that a description stands for, where it says all of it; undefined where entries were cut short. */
export function requestFrom(description: RequestDescription): PanelRequest | undefined {
  if (description.kind === 'index-range') {
    const { startIndex, endIndex, read } = description;
    return { kind: 'index-range', startIndex, endIndex, read };
  }
  const { entryCount, payloadBytes, preview, expect } = description;
  const payload = new TextEncoder().encode(preview);
  // `0x…` may stand for bytes, `␣` for a control character.
  const isWhole = entryCount === 1 && payload.byteLength === payloadBytes && !/^0x|␣/.test(preview);
  return isWhole ? { kind: 'append', entries: [payload], ...(expect && { expect }) } : undefined;
}
