/**
 * A request of this client until it is answered, and what may be done with it: above all whether it may be sent again. It is
 * also what goes into a call. Times are whole milliseconds: small integers cost no memory of their own.
 */
import type { AppendRequest, ClientRequest } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { NumberedRequest } from '../../shared/raft-message.ts';
import type { Failure } from '../../shared/result.ts';
import type { RequestDone } from './raft-client.ts';
import { requestBytes } from './request-bytes.ts';
import type { ClientSession } from './session.ts';

/**
 * - `queued`: waits for a session, a server or room.
 * - `sent`: a server may be at work on it.
 * - `resting`: a server has said that it did nothing; it is tried again at `retryAtMs`.
 */
export type PendingPhase = 'queued' | 'sent' | 'resting';

export interface PendingRequest extends NumberedRequest {
  /** With its place in a session, once it has one. */
  request: ClientRequest;
  /** What the server is given that it leaves for next. */
  timeoutMs: number;
  readonly bytes: number;
  /** What the caller gave it. */
  readonly askedTimeoutMs: number;
  readonly deadlineMs: number;
  readonly done: RequestDone;
  phase: PendingPhase;
  isAnswered: boolean;
  /** Only for appends that this client numbers. */
  session: ClientSession | null;
  sequence: number;
  /** How often it left. */
  sends: number;
  /** Copies that left and of which it is not known that nothing was done about them. */
  openCopies: number;
  /** Where it went last. */
  target: NodeId;
  /** How often it left for there in a row. */
  sendsThere: number;
  firstSentMs: number;
  sentMs: number;
  /** When it is looked at again; 0 while nothing but its deadline is due. */
  retryAtMs: number;
  /** Why nothing was done the last time. */
  lastFailure: Failure | null;
}

export function createPending(
  number: number,
  request: ClientRequest,
  timeoutMs: number,
  nowMs: number,
  done: RequestDone,
): PendingRequest {
  const askedTimeoutMs = Math.ceil(timeoutMs);
  return {
    number,
    request,
    timeoutMs: askedTimeoutMs,
    bytes: requestBytes(request),
    askedTimeoutMs,
    deadlineMs: nowMs + askedTimeoutMs,
    done,
    phase: 'queued',
    isAnswered: false,
    session: null,
    sequence: 0,
    sends: 0,
    openCopies: 0,
    target: -1,
    sendsThere: 0,
    firstSentMs: 0,
    sentMs: 0,
    retryAtMs: 0,
    lastFailure: null,
  };
}

/** Gives an append the next place in a session, which it keeps however often it is sent. */
export function placeIn(session: ClientSession, pending: PendingRequest, { entries, expect }: AppendRequest): void {
  pending.session = session;
  pending.sequence = session.take();
  const stamp = session.stamp(pending.sequence);
  pending.request = expect
    ? { kind: 'append', entries, expect, session: stamp }
    : { kind: 'append', entries, session: stamp };
}

/** Nothing changes by it. */
export function isRead({ request }: PendingRequest): boolean {
  return request.kind === 'index-range';
}

/** Meant for the server that was named first, whoever leads. */
export function isLocalRead({ request }: PendingRequest): boolean {
  return request.kind === 'index-range' && request.read === 'local';
}

/**
 * True when it may be sent again although a copy may be under way: reads change nothing, an append of a session takes effect once,
 * and a session too many is only one that is never used.
 */
export function isRepeatable({ request }: PendingRequest): boolean {
  switch (request.kind) {
    case 'append':
      return request.session !== undefined;
    case 'index-range':
    case 'open-session':
      return true;
    default:
      return false;
  }
}

/** Servers answer a little before the deadline, so that what they know of the outcome still arrives. */
function answerMarginMs({ askedTimeoutMs }: PendingRequest): number {
  return Math.min(Math.floor(askedTimeoutMs / 10), 500);
}

/** True when so little time is left that a server has given up only because it was told to: asking again is in vain. */
export function isLate(pending: PendingRequest, nowMs: number): boolean {
  return pending.deadlineMs - nowMs < answerMarginMs(pending) * 1.25;
}

/** What a server is given that it is sent to now. */
export function timeoutLeftMs(pending: PendingRequest, nowMs: number): number {
  const leftMs = pending.deadlineMs - nowMs - answerMarginMs(pending);
  return Math.min(limits.clientTimeoutMsMax, Math.max(1, leftMs));
}
