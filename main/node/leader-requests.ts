/**
 * Requests that only a leader takes: changes of membership, transfers, sessions, retention. What other servers say to them,
 * and what the core's answers mean to a client.
 */
import type { ClientRequest, DoneAnswer, LeaderRequest } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import { succeed, type Failure, type Result } from '../../shared/result.ts';
import type { LeaderOutcome } from '../raft/contract.ts';

export function isLeaderRequest(request: ClientRequest): request is LeaderRequest {
  return request.kind !== 'append' && request.kind !== 'index-range';
}

export function askLeader(leaderId: NodeId): Failure {
  const message = `Only the leader does that, and that is node ${leaderId}. Nothing was done here; ask there.`;
  return { code: 'no-leader', message, leaderId };
}

/** Undefined when no leader is known: nothing was done, and it may be asked again. */
export function answerOfOutcome(kind: DoneAnswer['kind'], outcome: LeaderOutcome): Result<DoneAnswer> | undefined {
  switch (outcome.kind) {
    case 'done':
      return succeed({ kind, index: outcome.index });
    case 'refused':
      return { ok: false, failure: { code: 'refused', message: asSentence(outcome.reason) } };
    case 'not-leader':
      return outcome.leaderId === null ? undefined : { ok: false, failure: askLeader(outcome.leaderId) };
    default: {
      const message = `${asSentence(outcome.reason)} Whether the change is carried through is not known: look at the configuration in force.`;
      return { ok: false, failure: { code: 'timed-out', message } };
    }
  }
}

/** The core's reasons begin small and end open, like those of its events. */
function asSentence(reason: string): string {
  const begun = reason.slice(0, 1).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
