/** What to say of a request that nobody has answered in time: who is silent, and what to look at. */
import { formatAddress } from '../../shared/address.ts';
import type { FailureCode } from '../../shared/result.ts';
import type { AppendGate } from './append-gate.ts';
import type { PendingRequest } from './pending-request.ts';
import type { Servers } from './servers.ts';

export interface Silence {
  /** For a request of which nothing left. */
  readonly code: FailureCode;
  /** Without the stop at its end. */
  readonly text: string;
}

/** @param gate knows why no session is open, if appends wait for one */
export function describeSilence(
  pending: PendingRequest,
  servers: Servers,
  gate: Pick<AppendGate, 'sessionId' | 'lastFailure'>,
): Silence {
  const { sends, target, request } = pending;
  if (sends > 0) {
    const server = servers.find(target);
    const who = server ? `Server ${target} at ${formatAddress(server.address)}` : `Server ${target}`;
    return { code: 'no-leader', text: `${who} did not answer in time` };
  }
  if (!servers.isAnyProven) return { code: 'not-running', text: nobodyAt(servers) };
  if (request.kind === 'append' && gate.sessionId === null) {
    const { lastFailure } = gate;
    return {
      code: 'no-leader',
      text: `No session could be opened in time${lastFailure ? ` (${lastFailure.message})` : ''}`,
    };
  }
  return {
    code: 'overloaded',
    text: 'The request did not leave in time, because others before it wait for their answers',
  };
}

function nobodyAt({ given }: Servers): string {
  const places = given.map(formatAddress).join(', ');
  return `Nobody answered at ${places}: is a server running there, and are the cluster and its key the right ones?`;
}
