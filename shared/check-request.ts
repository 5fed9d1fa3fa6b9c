/**
 * Whether a client's request makes sense and fits, before anything is done about it. The same check at every door.
 */
import { limits } from './cluster-config.ts';
import { entryBytes, type SessionStamp } from './log-entry.ts';
import type { AppendRequest, ClientRequest, IndexRangeRequest } from './client-request.ts';
import type { Failure } from './result.ts';
import { checkMembership, checkNodeId } from './check-membership.ts';

/** What is wrong with the request, in a sentence that says what to do; undefined when nothing is. */
export function checkRequest(request: ClientRequest): Failure | undefined {
  switch (request.kind) {
    case 'append':
      return checkAppend(request);
    case 'index-range':
      return checkRange(request);
    case 'open-session':
      return undefined;
    case 'set-retention':
      return checkWholeNumbers([['retainEntries', request.retainEntries]]);
    case 'change-membership':
      return checkMembership(request);
    case 'transfer-leadership':
      return checkNodeId('to', request.to);
    default:
      return { code: 'invalid', message: `${JSON.stringify(request satisfies never)} is no request of a client.` };
  }
}

function checkAppend({ entries, expect, session }: AppendRequest): Failure | undefined {
  if (entries.length === 0) return { code: 'invalid', message: 'An append needs at least one entry.' };
  const strange = entries.findIndex((payload) => !(payload instanceof Uint8Array));
  if (strange !== -1) return { code: 'invalid', message: `Entry ${strange + 1} is not bytes. Give a Uint8Array.` };
  const problem =
    expect &&
    checkWholeNumbers([
      ['expect.prevLogIndex', expect.prevLogIndex],
      ['expect.prevLogTerm', expect.prevLogTerm],
    ]);
  return problem ?? (session && checkSession(session)) ?? checkSizes(entries);
}

function checkSession({ sessionId, sequence, lowestOpen }: SessionStamp): Failure | undefined {
  const problem = checkWholeNumbers(
    [
      ['session.sessionId', sessionId],
      ['session.sequence', sequence],
      ['session.lowestOpen', lowestOpen],
    ],
    1,
  );
  if (problem) return problem;
  if (lowestOpen > sequence) {
    return {
      code: 'invalid',
      message: `session.lowestOpen is ${lowestOpen}, above session.sequence, ${sequence}: the client says that it has the answer already. Give the lowest number without an answer.`,
    };
  }
  if (sequence - lowestOpen < limits.sessionWindowMax) return undefined;
  return {
    code: 'invalid',
    message: `Requests ${lowestOpen} to ${sequence} of the session are open; up to ${limits.sessionWindowMax} may be at once. Wait for the answer to request ${lowestOpen}.`,
  };
}

function checkSizes(entries: AppendRequest['entries']): Failure | undefined {
  if (entries.length > limits.entriesPerRequestMax) {
    return {
      code: 'too-large',
      message: `One append takes up to ${limits.entriesPerRequestMax} entries, this one has ${entries.length}. Send them in several appends.`,
    };
  }
  const large = entries.findIndex((payload) => payload.byteLength > limits.entryPayloadBytesMax);
  if (large !== -1) {
    return {
      code: 'too-large',
      message: `Entry ${large + 1} has ${entries[large]?.byteLength} bytes; one entry holds up to ${limits.entryPayloadBytesMax}. Split it.`,
    };
  }
  const bytes = entries.reduce((sum, payload) => sum + entryBytes({ payload }), 0);
  if (bytes > limits.requestBytesMax) {
    return {
      code: 'too-large',
      message: `The entries of this append come to ${bytes} bytes with their framing; one append holds up to ${limits.requestBytesMax}. Send them in several appends.`,
    };
  }
  return undefined;
}

function checkRange({ startIndex, endIndex, read = 'linearizable' }: IndexRangeRequest): Failure | undefined {
  const problem = checkWholeNumbers([
    ['startIndex', startIndex],
    ['endIndex', endIndex],
  ]);
  if (problem) return problem;
  if (startIndex > endIndex) {
    return {
      code: 'invalid',
      message: `The range starts at ${startIndex}, after its end at ${endIndex}. Give the smaller index first.`,
    };
  }
  if (['linearizable', 'lease', 'local'].includes(read)) return undefined;
  return { code: 'invalid', message: `"${read}" is no way to read. Read linearizable, lease or local.` };
}

/** Other numbers have no place on the disk or in a datagram. */
function checkWholeNumbers(
  fields: readonly (readonly [name: string, value: number])[],
  least = 0,
): Failure | undefined {
  const wrong = fields.find(([, value]) => !Number.isSafeInteger(value) || value < least);
  if (!wrong) return undefined;
  return { code: 'invalid', message: `${wrong[0]} must be a whole number from ${least} up, not ${wrong[1]}.` };
}
