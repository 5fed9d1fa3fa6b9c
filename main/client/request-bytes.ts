/** What a request takes in a call, in bytes, generously counted: so that calls are cut to fit a datagram. */
import type { ClientRequest } from '../../shared/client-request.ts';
import type { PendingRequest } from './pending-request.ts';

/** Number, timeout, form and session of an append. */
const appendBytes = 52;
/** Of these, what the wire leaves out of an append that goes on where the one before it ended. */
const goesOnBytes = 46;
/** The length of an entry. */
const lengthBytes = 5;
const expectationBytes = 18;
const serverBytes = 12;
const otherBytes = 40;
/** Round and framing of a call. */
export const callBytes = 40;

export function requestBytes(request: ClientRequest): number {
  switch (request.kind) {
    case 'append': {
      let bytes = appendBytes;
      for (const payload of request.entries) bytes += payload.byteLength + lengthBytes;
      return request.expect ? bytes + expectationBytes : bytes;
    }
    case 'change-membership':
      return otherBytes + (request.voters.length + request.learners.length) * serverBytes;
    default:
      return otherBytes;
  }
}

/** What it takes behind `former`, with which it may share what the wire then leaves out. */
export function bytesBehind(pending: PendingRequest, former: PendingRequest | undefined): number {
  const goesOn =
    former !== undefined &&
    pending.session !== null &&
    pending.session === former.session &&
    pending.sequence === former.sequence + 1 &&
    pending.number === former.number + 1;
  return goesOn ? pending.bytes - goesOnBytes : pending.bytes;
}
