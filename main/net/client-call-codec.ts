/**
 * A client's call: the requests as integers in a row, and the payloads of their entries. Each request begins with its form,
 * so that an append of one entry in a busy session takes two integers.
 */
import { assert, assertNever } from '../../shared/assert.ts';
import type { AppendRequest, ClientRequest, ReadMode } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import type { SessionStamp } from '../../shared/log-entry.ts';
import type { ClientCall, NumberedRequest } from '../../shared/raft-message.ts';
import { appendKind, requestForm, requestKinds } from './client-call-forms.ts';
import { serverIntegers } from './configuration-codec.ts';
import { joinPayloads } from './payload-run.ts';
import { expectationIntegers, goesOn, sessionIntegers } from './session-codec.ts';

/** A mode's place is its number on the wire: append only. */
export const rangeReadModes: readonly ReadMode[] = ['linearizable', 'lease', 'local'];

/** What a request may take over from the one before. */
export interface FormerRequest {
  number: number;
  timeoutMs: number;
  session: SessionStamp | undefined;
}

export const firstFormer = (): FormerRequest => ({ number: 0, timeoutMs: 0, session: undefined });

/** @returns the three fields. Whoever calls has seen that the requests are within the limits. */
export function callFields({ round, requests }: ClientCall): unknown[] {
  assert(requests.length <= limits.requestsPerCallMax, 'a call is cut before it has too many requests');
  const integers: number[] = [];
  const payloads: Uint8Array[] = [];
  const former = firstFormer();
  for (const request of requests) writeRequest(request, former, integers, payloads);
  let payloadBytes = 0;
  for (const { byteLength } of payloads) payloadBytes += byteLength;
  return [round, integers, joinPayloads(payloads, payloadBytes)];
}

function writeRequest(
  numbered: NumberedRequest,
  former: FormerRequest,
  integers: number[],
  payloads: Uint8Array[],
): void {
  const { number, timeoutMs, request } = numbered;
  const isNext = number === former.number + 1;
  const isAlike = timeoutMs === former.timeoutMs;
  const form =
    formOf(request, former.session) | (isNext ? 0 : requestForm.number) | (isAlike ? 0 : requestForm.timeout);
  integers.push(form);
  if (!isNext) integers.push(number);
  if (!isAlike) integers.push(timeoutMs);
  former.number = number;
  former.timeoutMs = timeoutMs;
  if (request.kind !== 'append') return writeOther(request, integers);
  if ((form & requestForm.session) !== 0 && request.session) integers.push(...sessionIntegers(request.session));
  former.session = request.session ?? former.session;
  if (request.expect) integers.push(...expectationIntegers(request.expect));
  if ((form & requestForm.entries) !== 0) integers.push(request.entries.length);
  for (const payload of request.entries) {
    integers.push(payload.byteLength);
    payloads.push(payload);
  }
}

function formOf(request: ClientRequest, formerSession: SessionStamp | undefined): number {
  switch (request.kind) {
    case 'append': {
      const { entries, expect, session } = request;
      const sessionForm =
        session === undefined ? 0 : goesOn(formerSession, session) ? requestForm.goesOn : requestForm.session;
      return (
        appendKind | sessionForm | (expect ? requestForm.expects : 0) | (entries.length === 1 ? 0 : requestForm.entries)
      );
    }
    case 'index-range': {
      const { includeInternal, read } = request;
      return (
        1 | (includeInternal === true ? requestForm.internal : 0) | (read === undefined ? 0 : requestForm.readMode)
      );
    }
    case 'change-membership':
      return 4 | (request.mode === 'single-server' ? requestForm.singleServer : 0);
    default:
      return requestKinds.indexOf(request.kind);
  }
}

function writeOther(request: Exclude<ClientRequest, AppendRequest>, integers: number[]): void {
  switch (request.kind) {
    case 'index-range':
      integers.push(request.startIndex, request.endIndex);
      if (request.read !== undefined) integers.push(rangeReadModes.indexOf(request.read));
      return;
    case 'open-session':
      return;
    case 'set-retention':
      integers.push(request.retainEntries);
      return;
    case 'change-membership': {
      const { voters, learners } = request;
      integers.push(voters.length, ...serverIntegers(voters), learners.length, ...serverIntegers(learners));
      return;
    }
    case 'transfer-leadership':
      integers.push(request.to);
      return;
    default:
      assertNever(request, 'writeOther');
  }
}
