/**
 * What an answer means for its request: the end, or another try. And what may be told at the end, when other copies of the
 * request may still be under way: never "nothing was done" while that is not known.
 */
import type { ClientAnswer } from '../../shared/client-request.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { isLate, isRead, isRepeatable, type PendingRequest } from './pending-request.ts';

/**
 * - `final`: this is what became of it.
 * - `elsewhere`: nothing was done there; another server is known to lead.
 * - `later`: nothing was done there, or it may be sent again; after a rest.
 */
export type Judgement = 'final' | 'elsewhere' | 'later';

/**
 * Notes in the request what a failure says of the copy that it answers.
 * @param isElsewhere another server leads than the one that answered
 */
export function judgeAnswer(
  pending: PendingRequest,
  result: Result<ClientAnswer>,
  isElsewhere: boolean,
  nowMs: number,
): Judgement {
  if (result.ok) return 'final';
  const { failure } = result;
  switch (failure.code) {
    case 'no-leader':
    case 'not-running':
    case 'overloaded':
    case 'leadership-lost':
      pending.openCopies -= 1;
      pending.lastFailure = failure;
      if (!isRepeatable(pending) && pending.openCopies > 0) return 'final';
      // Servers may point at each other for a while.
      if (isElsewhere && failure.code === 'no-leader' && pending.sends % 4 !== 0) return 'elsewhere';
      return isLate(pending, nowMs) && pending.openCopies === 0 ? 'final' : 'later';
    case 'timed-out':
      // It may have taken effect. In a session it can be asked for again, and gets its one answer.
      return isRepeatable(pending) && !isLate(pending, nowMs) ? 'later' : 'final';
    default:
      return 'final';
  }
}

/** What is known when nobody waits for an answer any longer. @param silence who did not answer: `127.0.0.1:11110 did not answer in time` */
export function failureAtEnd(pending: PendingRequest, code: Failure['code'], silence: string): Failure {
  const { request, openCopies, lastFailure, sends } = pending;
  if (openCopies === 0 && lastFailure) return lastFailure;
  if (openCopies === 0 || isRead(pending)) {
    const nothing = request.kind === 'append' ? 'nothing was appended' : 'nothing was done';
    return { code, message: isRead(pending) ? `${silence}.` : `${silence}; ${nothing}.` };
  }
  const times = sends > 1 ? ` after it was sent ${sends} times` : '';
  return { code: 'timed-out', message: `${silence}${times}. ${unknown(pending)}` };
}

function unknown({ request }: PendingRequest): string {
  if (request.kind === 'append')
    return 'Whether the append took effect is not known: read the log before you append it again.';
  return `Whether the request (${request.kind}) took effect is not known: look before you repeat it.`;
}
