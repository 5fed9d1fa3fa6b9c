/**
 * Takes a client's call out of the fields of its body, each with its type and bounds.
 */
import type { AppendRequest, ClientRequest, IndexRangeRequest } from '../../shared/client-request.ts';
import { limits } from '../../shared/cluster-config.ts';
import { nodeIdMax } from '../../shared/ids.ts';
import { entryOverheadBytes, type SessionStamp } from '../../shared/log-entry.ts';
import type { ClientCall, NumberedRequest } from '../../shared/raft-message.ts';
import { firstFormer, rangeReadModes, type FormerRequest } from './client-call-codec.ts';
import { appendKind, kindMask, requestForm, requestFormBits, requestKinds } from './client-call-forms.ts';
import { readServers } from './configuration-codec.ts';
import type { FieldReader, Problem } from './field-reader.ts';
import { PayloadReader } from './payload-run.ts';
import { nextSession, readExpectation, readSession } from './session-codec.ts';

const timeoutMsMax = 2 ** 32 - 1;
const formMax = 511;
const serversMax = limits.nodesMax + limits.learnersMax;

/** Reads the fields behind the round; what is wrong is noted in `problem`. */
export function readClientCall(fields: FieldReader, problem: Problem, round: number): ClientCall {
  const integers = fields.fieldsOf('requests');
  const payloads = new PayloadReader(fields.bytes('payloads', limits.messageBytesMax), problem);
  const requests: NumberedRequest[] = [];
  const former = firstFormer();
  while (integers.hasMore && problem.reason === undefined) {
    if (requests.length === limits.requestsPerCallMax) problem.reason = `it has more requests than ${requests.length}`;
    requests.push(readRequest(integers, payloads, former, problem));
  }
  payloads.end();
  return { kind: 'client-call', round, requests };
}

function readRequest(
  integers: FieldReader,
  payloads: PayloadReader,
  former: FormerRequest,
  problem: Problem,
): NumberedRequest {
  const form = integers.integer("a request's form", formMax);
  const allowed = requestFormBits[form & kindMask];
  if (allowed === undefined || (form & ~(kindMask | requestForm.number | requestForm.timeout | allowed)) !== 0)
    problem.reason ??= `a request has the form ${form}`;
  const number =
    (form & requestForm.number) === 0
      ? former.number + 1
      : integers.integer("a request's number", Number.MAX_SAFE_INTEGER, 1);
  const timeoutMs = (form & requestForm.timeout) === 0 ? former.timeoutMs : integers.integer('a timeout', timeoutMsMax);
  if (number > Number.MAX_SAFE_INTEGER) problem.reason ??= 'its numbers come to an end';
  former.number = number;
  former.timeoutMs = timeoutMs;
  const request =
    (form & kindMask) === appendKind
      ? readAppend(form, integers, payloads, former, problem)
      : readOther(form, integers, problem);
  return { number, timeoutMs, request };
}

function readAppend(
  form: number,
  integers: FieldReader,
  payloads: PayloadReader,
  former: FormerRequest,
  problem: Problem,
): AppendRequest {
  const session = readSessionOf(form, integers, former.session, problem);
  former.session = session ?? former.session;
  const expect = (form & requestForm.expects) === 0 ? undefined : readExpectation(integers);
  const entries = readPayloads(form, integers, payloads, problem);
  // The most frequent forms first: objects of few shapes, and none made from parts.
  if (!expect) return session ? { kind: 'append', entries, session } : { kind: 'append', entries };
  return { kind: 'append', entries, expect, ...(session && { session }) };
}

function readPayloads(form: number, integers: FieldReader, payloads: PayloadReader, problem: Problem): Uint8Array[] {
  if ((form & requestForm.entries) === 0)
    return [payloads.take(integers.integer('a length', limits.entryPayloadBytesMax))];
  const count = integers.integer('a number of entries', limits.entriesPerRequestMax, 2);
  const entries: Uint8Array[] = [];
  let bytes = 0;
  for (let place = 0; place < count && problem.reason === undefined; place += 1) {
    const byteCount = integers.integer('a length', limits.entryPayloadBytesMax);
    entries.push(payloads.take(byteCount));
    bytes += byteCount + entryOverheadBytes;
  }
  if (bytes > limits.requestBytesMax)
    problem.reason ??= `the entries of a request need ${bytes} bytes and the limit is ${limits.requestBytesMax}`;
  return entries;
}

function readSessionOf(
  form: number,
  integers: FieldReader,
  former: SessionStamp | undefined,
  problem: Problem,
): SessionStamp | undefined {
  if ((form & requestForm.session) !== 0) {
    if ((form & requestForm.goesOn) !== 0) problem.reason ??= `a request has the form ${form}`;
    return readSession(integers);
  }
  if ((form & requestForm.goesOn) === 0) return undefined;
  const session = nextSession(former);
  if (session === undefined) problem.reason ??= 'a session goes on that can not';
  return session;
}

function readOther(form: number, integers: FieldReader, problem: Problem): Exclude<ClientRequest, AppendRequest> {
  const kind = requestKinds[form & kindMask];
  switch (kind) {
    case 'index-range':
      return readRange(form, integers);
    case 'set-retention':
      return { kind, retainEntries: integers.integer('retainEntries', Number.MAX_SAFE_INTEGER) };
    case 'change-membership': {
      const mode = (form & requestForm.singleServer) === 0 ? 'joint' : 'single-server';
      const group = (name: string) =>
        readServers(integers, problem, name, integers.integer(`the number of ${name}`, serversMax));
      return { kind, mode, voters: group('voters'), learners: group('learners') };
    }
    case 'transfer-leadership':
      return { kind, to: integers.integer('a successor', nodeIdMax) };
    default:
      return { kind: 'open-session' };
  }
}

function readRange(form: number, integers: FieldReader): IndexRangeRequest {
  const startIndex = integers.integer('startIndex', limits.indexMax);
  const endIndex = integers.integer('endIndex', limits.indexMax);
  const read = (form & requestForm.readMode) === 0 ? undefined : integers.choice('a way to read', rangeReadModes);
  const includeInternal = (form & requestForm.internal) !== 0;
  return {
    kind: 'index-range',
    startIndex,
    endIndex,
    ...(read !== undefined && { read }),
    ...(includeInternal && { includeInternal }),
  };
}
