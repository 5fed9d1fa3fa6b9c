/**
 * Requests that can be answered without sending anything: what they ask for is decided already, or they have come to a
 * server that can do nothing about them.
 */
import type { ClientAnswer } from '../../shared/client-request.ts';
import type { NodeId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { askLeader, isLeaderRequest } from './leader-requests.ts';
import type { LogStateMachine } from './log-state-machine.ts';
import { answerOfFate } from './proposed-requests.ts';
import { notLeading, type Waiting } from './waiting-request.ts';

/** @param leaderId as far as this server, `self`, knows; null for none. */
export function answerAtOnce(
  { asker, request }: Pick<Waiting, 'asker' | 'request'>,
  machine: LogStateMachine,
  self: NodeId,
  leaderId: NodeId | null,
): Result<ClientAnswer> | undefined {
  // A repeated request (dissertation §6.3). What is applied anywhere is committed, so any server may say it.
  const decided = request.kind === 'append' && request.session && machine.outcomeOf(request.session);
  if (decided) return answerOfFate(decided);
  if (leaderId === self) return undefined;
  if (asker.kind === 'node') return { ok: false, failure: notLeading };
  return leaderId !== null && isLeaderRequest(request) ? { ok: false, failure: askLeader(leaderId) } : undefined;
}
