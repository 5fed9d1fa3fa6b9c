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
import type { ServiceHost } from './service-host.ts';
import { noMember, notLeading, type Waiting } from './waiting-request.ts';

/** @param leaderId as far as this server, `self`, knows; null for none. */
export function answerAtOnce(
  { asker, request, mayTakeEffect }: Pick<Waiting, 'asker' | 'request' | 'mayTakeEffect'>,
  { machine, host }: { readonly machine: LogStateMachine; readonly host: Pick<ServiceHost, 'isMember'> },
  self: NodeId,
  leaderId: NodeId | null,
): Result<ClientAnswer> | undefined {
  // A repeated request (dissertation §6.3). What is applied anywhere is committed, so any server may say it.
  const decided = request.kind === 'append' && request.session && machine.outcomeOf(request.session);
  if (decided) return answerOfFate(decided);
  if (leaderId === self) return undefined;
  if (asker.kind === 'node') return { ok: false, failure: notLeading };
  // No leader writes to it: to wait for one is in vain.
  if (leaderId === null) return mayTakeEffect || host.isMember() ? undefined : { ok: false, failure: noMember };
  return isLeaderRequest(request) ? { ok: false, failure: askLeader(leaderId) } : undefined;
}
